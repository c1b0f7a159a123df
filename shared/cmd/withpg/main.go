// Command withpg runs another command beside a private PostgreSQL server:
//
//	go run ./shared/cmd/withpg -- go test ./...
//
// The superuser's address is in the command's environment as
// QIHE_TEST_POSTGRES, where package pgtest looks for it. If that variable is
// set already, withpg only runs the command. The server forgets everything
// when the command ends; its exit code becomes that of withpg.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/qihe-volunteers/qihe/shared/localpg"
)

const variable = "QIHE_TEST_POSTGRES"

func main() {
	source := flag.String("source", "", "`program` to use: system or npm; by default system, else npm")
	safe := flag.Bool("safe", false, "write data as safely as in production, which is slower")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: withpg [-source system|npm] [-safe] -- command [argument…]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	code, err := run(localpg.Source(*source), !*safe, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
		os.Exit(max(code, 1))
	}
	os.Exit(code)
}

func run(source localpg.Source, fast bool, args []string) (code int, err error) {
	// Ctrl-C reaches the command too; we wait for it to finish, then stop the server.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	if url := os.Getenv(variable); url != "" {
		return follow(args, url, signals)
	}
	dir, err := os.MkdirTemp("", "qihe-withpg-")
	if err != nil {
		return 0, fmt.Errorf("make folder for test server: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := localpg.Start(context.Background(), localpg.Config{Dir: dir, Source: source, Fast: fast})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	return follow(args, server.SuperURL(), signals)
}

// follow runs the command, passes on signals that only reached us, and returns its exit code.
func follow(args []string, url string, signals <-chan os.Signal) (int, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), variable+"="+url)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 127, fmt.Errorf("run %s: %w", args[0], err)
	}
	go func() {
		for s := range signals {
			if s != syscall.SIGINT { // the terminal has sent that one to the whole group
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err := cmd.Wait()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return max(failed.ExitCode(), 1), nil // -1 when a signal ended it
	}
	return 0, err
}
