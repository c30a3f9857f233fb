// Makes a user of a MinIO, with the policy that is on stdin.
//
//	user ADDRESS ROOT-USER ROOT-PASSWORD NAME PASSWORD
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/minio/madmin-go/v3"
)

func main() {
	if err := made(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func made(arguments []string) error {
	if len(arguments) != 5 {
		return fmt.Errorf("usage: user ADDRESS ROOT-USER ROOT-PASSWORD NAME PASSWORD")
	}
	policy, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	client, err := madmin.New(arguments[0], arguments[1], arguments[2], false)
	if err != nil {
		return err
	}
	name := arguments[3]
	if err := client.AddUser(context.Background(), name, arguments[4]); err != nil {
		return err
	}
	if err := client.AddCannedPolicy(context.Background(), name, policy); err != nil {
		return err
	}
	_, err = client.AttachPolicy(context.Background(), madmin.PolicyAssociationReq{Policies: []string{name}, User: name})
	return err
}
