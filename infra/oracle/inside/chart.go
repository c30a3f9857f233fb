// Compiled into BuildKit's package dockerfile2llb, whose steps are not exported; see ../README.md.
package dockerfile2llb

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/containerd/platforms"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
	"github.com/moby/buildkit/frontend/dockerui"
)

// Answer is what BuildKit makes of one Dockerfile; Phase tells which step refused it with Err. LLBErr is the error of
// the whole conversion, which goes further and builds the target's graph.
type Answer struct {
	File     string            `json:"file"`
	Escape   string            `json:"escape"`
	Syntax   string            `json:"syntax,omitempty"`
	MetaArgs map[string]string `json:"metaArgs,omitempty"`
	Stages   []StageAnswer     `json:"stages"`
	Edges    []EdgeAnswer      `json:"edges"`
	Err      string            `json:"err,omitempty"`
	Phase    string            `json:"phase,omitempty"`
	LLBErr   string            `json:"llbErr,omitempty"`
}

type StageAnswer struct {
	Index        int      `json:"index"`
	Name         string   `json:"name"`
	BaseRaw      string   `json:"baseRaw"`
	Base         string   `json:"base"`
	BaseStage    int      `json:"baseStage"`
	Platform     string   `json:"platform"`
	Instructions int      `json:"instructions"`
	Instr        []string `json:"instr"`
	Line         int      `json:"line"`
	Lines        [][2]int `json:"lines"`
	Reachable    bool     `json:"reachable"`
}

type EdgeAnswer struct {
	Stage   int    `json:"stage"`
	Kind    string `json:"kind"`
	From    string `json:"from"`
	ToStage int    `json:"toStage"`
	Line    int    `json:"line"`
}

// Chart asks BuildKit step by step, as toDispatchState does, and stops at the first that refuses.
func Chart(ctx context.Context, file string, dt []byte, opt ConvertOpt) (a Answer) {
	a = Answer{File: file, Escape: `\`}
	defer func() {
		if r := recover(); r != nil {
			a.LLBErr = fmt.Sprintf("panic: %v", r)
			if a.Stages == nil {
				a.Err, a.Phase = a.LLBErr, "panic"
			}
		}
	}()
	a.Syntax, _, _, _ = parser.DetectSyntax(dt)
	parsed, err := parser.Parse(bytes.NewReader(dt))
	if err != nil {
		return a.refused("parse", err)
	}
	a.Escape = string(parsed.EscapeToken)
	stages, metaArgs, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{}))
	if err == nil && len(stages) == 0 {
		err = fmt.Errorf("dockerfile contains no stages to build")
	}
	if err != nil {
		return a.refused("instructions", err)
	}
	a.LLBErr = llbErr(ctx, dt, opt)

	platformOpt := buildPlatformOpt(&opt)
	shlex := shell.NewLex(parsed.EscapeToken)
	args := defaultArgs(platformOpt, nil, stages[len(stages)-1].Name)
	args, all, err := buildMetaArgs(args, shlex, metaArgs, nil)
	if err != nil {
		return a.refused("metaargs", err)
	}
	a.MetaArgs = map[string]string{}
	for name, info := range all {
		a.MetaArgs[name] = info.value
	}
	dctx := &dispatchContext{
		opt:               opt,
		platformOpt:       platformOpt,
		globalArgs:        args,
		shlex:             shlex,
		outline:           newOutlineCapture(),
		lint:              linter.New(&linter.Config{}),
		metaResolver:      opt.MetaResolver,
		allDispatchStates: newDispatchStates(),
		namedContext: func(string, dockerui.ContextOpt) (*dockerui.NamedContext, error) {
			return nil, nil
		},
	}
	raw := make([]string, len(stages))
	for i, st := range stages {
		raw[i] = st.BaseName
	}
	if err := dctx.buildDispatchStates(stages); err != nil {
		return a.refused("states", err)
	}
	// Images that are copied or mounted from join the states later.
	states := append([]*dispatchState(nil), dctx.allDispatchStates.states...)
	index := map[*dispatchState]int{}
	for i, d := range states {
		index[d] = i
	}
	for i, d := range states {
		a.Stages = append(a.Stages, stageAnswer(i, raw[i], d, index))
	}
	target, err := dctx.resolveTarget()
	if err != nil {
		return a.refused("target", err)
	}
	if err := dctx.buildStageDependencyGraph(); err != nil {
		a.edges(states, index)
		return a.refused("graph", err)
	}
	_, err = dctx.resolveStages(ctx, target)
	a.edges(states, index)
	for d := range allReachableStages(target) {
		if i, ok := index[d]; ok {
			a.Stages[i].Reachable = true
		}
	}
	if err != nil {
		return a.refused("resolve", err)
	}
	return a
}

func llbErr(ctx context.Context, dt []byte, opt ConvertOpt) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprintf("panic: %v", r)
		}
	}()
	if _, err := Dockerfile2LLB(ctx, dt, opt); err != nil {
		return err.Error()
	}
	return ""
}

func (a *Answer) refused(phase string, err error) Answer {
	a.Err, a.Phase = err.Error(), phase
	return *a
}

func stageAnswer(i int, raw string, d *dispatchState, index map[*dispatchState]int) StageAnswer {
	line, _ := rangeStartEnd(d.stage.Location)
	s := StageAnswer{
		Index: i, Name: d.stage.Name, BaseRaw: raw, Base: d.stage.BaseName, BaseStage: -1,
		Instructions: len(d.stage.Commands), Instr: []string{}, Line: line, Lines: [][2]int{},
	}
	if d.platform != nil {
		s.Platform = platforms.FormatAll(*d.platform)
	}
	if d.base != nil {
		s.BaseStage = index[d.base]
	}
	for _, cmd := range d.stage.Commands {
		first, last := rangeStartEnd(cmd.Location())
		s.Instr = append(s.Instr, strings.ToUpper(strings.ToLower(cmd.Name())))
		s.Lines = append(s.Lines, [2]int{first, last})
	}
	return s
}

// edges reads them off the commands with their sources, after BuildKit has put the triggers in front.
func (a *Answer) edges(states []*dispatchState, index map[*dispatchState]int) {
	for i, d := range states {
		for _, cmd := range d.commands {
			line := a.Stages[i].Line
			if cmd.Command == nil {
				continue // the graph was refused before this one
			}
			if !cmd.isOnBuild {
				line, _ = rangeStartEnd(cmd.Location())
			}
			for n, source := range cmd.sources {
				edge := EdgeAnswer{Stage: i, Kind: "copy", ToStage: -1, Line: line}
				switch c := cmd.Command.(type) {
				case *instructions.CopyCommand:
					edge.From = c.From
					if cmd.isOnBuild {
						edge.Kind = "onbuild-copy"
					}
				case *instructions.RunCommand:
					edge.Kind, edge.From = "mount", instructions.GetMounts(c)[n].From
				}
				to, isStage := index[source]
				if isStage {
					edge.ToStage = to
				}
				if edge.From == "" {
					if !isStage {
						continue
					}
					edge.From = emptyImageName // a stage of that name
				}
				a.Edges = append(a.Edges, edge)
			}
		}
	}
}
