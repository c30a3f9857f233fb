// Command oracle prints BuildKit's own answer to Dockerfiles, one JSON object a line; see README.md.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// images stands for every registry: each image exists, has one layer and is of the platform that is asked for.
type images struct{}

func (images) ResolveImageConfig(
	_ context.Context, ref string, opt sourceresolver.Opt,
) (string, digest.Digest, []byte, error) {
	config := ocispecs.Image{Platform: *opt.ImageOpt.Platform}
	config.RootFS = ocispecs.RootFS{Type: "layers", DiffIDs: []digest.Digest{digest.FromString(ref)}}
	dt, err := json.Marshal(config)
	return ref, digest.FromBytes(dt), dt, err
}

// read lists the files named on the command line, or one a line on standard input.
func read() []string {
	if len(os.Args) > 1 {
		return os.Args[1:]
	}
	var files []string
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		files = append(files, lines.Text())
	}
	return files
}

func main() {
	caps := pb.Caps.CapSet(pb.Caps.All())
	platform := ocispecs.Platform{OS: "linux", Architecture: "amd64"}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	answers := json.NewEncoder(out)
	answers.SetEscapeHTML(false)
	for _, file := range read() {
		dt, err := os.ReadFile(file)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		opt := dockerfile2llb.ConvertOpt{
			Config:         dockerui.Config{BuildPlatforms: []ocispecs.Platform{platform}},
			TargetPlatform: &platform,
			MetaResolver:   images{},
			LLBCaps:        &caps,
		}
		answer := dockerfile2llb.Chart(context.Background(), filepath.Base(file), dt, opt)
		if err := answers.Encode(answer); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
