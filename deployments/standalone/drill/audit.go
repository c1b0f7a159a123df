package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/qihe-volunteers/qihe/deployments/standalone/internal/site"
	"github.com/qihe-volunteers/qihe/services/hours"
	"github.com/qihe-volunteers/qihe/shared/clock"
)

// checkpoint is what a city says of its ledger's log.
type checkpoint struct {
	size int64
	root string
	text []byte // signed
}

func lastCheckpoint(ctx context.Context, url string) (c checkpoint, err error) {
	if c.text, err = get(ctx, url+"/api/hours/v1/ledger/checkpoint"); err != nil {
		return c, err
	}
	said := strings.Split(string(c.text), "\n")
	if len(said) < 4 {
		return c, fmt.Errorf("no checkpoint: %s", c.text)
	}
	c.root = said[2]
	c.size, err = strconv.ParseInt(said[1], 10, 64)
	return c, err
}

// keysOf returns the public keys with which a city's log is signed.
func keysOf(ctx context.Context, url string) ([]string, error) {
	text, err := get(ctx, url+"/api/hours/v1/ledger/checkpoints")
	if err != nil {
		return nil, err
	}
	var page struct{ Keys []string }
	return page.Keys, json.Unmarshal(text, &page)
}

func get(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s answers %s", url, res.Status)
	}
	return text, err
}

func (d *drill) exported() string { return filepath.Join(d.dir, "ledger.jsonl") }

// export writes the restored ledger for an auditor.
func (d *drill) export(ctx context.Context) (_ string, err error) {
	s, err := site.Open(ctx, d.again)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	file, err := os.Create(d.exported())
	if err != nil {
		return "", err
	}
	err = hours.ExportLog(ctx, hours.Config{DatabaseURL: s.Address("hours"), LogKeyFile: filepath.Join(d.again, "keys", "ledger-log.key"), Clock: clock.System{}}, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	return du(d.exported())
}

// audit recomputes the root from the exported lines and compares it with the
// checkpoint that was kept of the city before it was lost.
func (d *drill) audit(ctx context.Context) (string, error) {
	return d.look(ctx, d.exported())
}

// control gives the auditor an export in which somebody has more minutes.
func (d *drill) control(ctx context.Context) (string, error) {
	changed := filepath.Join(d.dir, "changed.jsonl")
	if err := change(d.exported(), changed, 100); err != nil {
		return "", err
	}
	said, err := d.look(ctx, changed)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		return "", fmt.Errorf("the auditor notices nothing (%w): %s", err, said)
	}
	return "the auditor says so", nil
}

func (d *drill) look(ctx context.Context, export string) (string, error) {
	args := []string{"--english", "check", "--export", export, "--checkpoint", d.kept()}
	for _, key := range d.keys {
		args = append(args, "--key", key)
	}
	said, err := exec.CommandContext(ctx, *verify, args...).Output()
	first, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
	return first, err
}

// change copies an export and adds a digit to the minutes of a line.
func change(from, to string, line int) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	r, w := bufio.NewReader(in), bufio.NewWriter(out)
	for n := 0; ; n++ {
		text, err := r.ReadBytes('\n')
		if n == line {
			text = bytes.Replace(text, []byte(`"minutes":`), []byte(`"minutes":1`), 1)
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			return w.Flush()
		}
		if err != nil {
			return err
		}
	}
}

// du says how large a file or folder is.
func du(path string) (string, error) {
	var bytes int64
	err := filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a database that runs removes files
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		if info, err := e.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	return fmt.Sprintf("%.1f GB", float64(bytes)/1e9), err
}
