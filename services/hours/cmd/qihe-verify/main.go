// Command qihe-verify checks an exported ledger with nothing but the log's public
// key: every line is what came into the log, none is missing, none was slipped in,
// and the log begins as each checkpoint says that the auditor kept. It needs no
// network and no database.
//
//	qihe-verify --key 'qihe/hours+…' --export ledger.jsonl --checkpoint january.note --checkpoint february.note
//
// A file of checkpoints holds a signed note, or what /api/hours/v1/ledger/checkpoints
// answered. The more of them come from others than whoever runs Qihe, the better.
// It ends with 0 when all is in order, 1 when something is not, 2 when it could
// not check.
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"golang.org/x/mod/sumdb/note"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
)

var flags struct {
	Key        []string `required:"" help:"The log's public key, or a file that holds it. Give each that ever signed."`
	Export     string   `required:"" type:"existingfile" help:"What 'hours export-log' wrote; may be gzipped."`
	Checkpoint []string `type:"existingfile" help:"A file with checkpoints that somebody kept. May be given often."`
	English    bool     `help:"Answer in English."`
}

func main() {
	kong.Parse(&flags, kong.Name("qihe-verify"), kong.Description("Checks an exported ledger of hours. 核验导出的时长账本。"))
	report, err := verify()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Print(say(report, !flags.English))
	if !report.OK() {
		os.Exit(1)
	}
}

func verify() (audit.Report, error) {
	var keys []note.Verifier
	for _, k := range flags.Key {
		if content, err := os.ReadFile(k); err == nil {
			k = string(content)
		}
		verifier, err := note.NewVerifier(strings.TrimSpace(k))
		if err != nil {
			return audit.Report{}, fmt.Errorf("the key %q: %w", k, err)
		}
		keys = append(keys, verifier)
	}
	var notes []string
	for _, path := range flags.Checkpoint {
		content, err := os.ReadFile(path)
		if err != nil {
			return audit.Report{}, err
		}
		notes = append(notes, notesIn(content)...)
	}
	file, err := os.Open(flags.Export)
	if err != nil {
		return audit.Report{}, err
	}
	defer func() { _ = file.Close() }()
	export, err := unzipped(file)
	if err != nil {
		return audit.Report{}, err
	}
	return audit.Check(export, notes, note.VerifierList(keys...))
}

// notesIn takes the notes out of a file: of an answer of the service, or the one that it is.
func notesIn(content []byte) []string {
	var page struct {
		Items []struct {
			Note string `json:"note"`
		} `json:"items"`
	}
	if json.Unmarshal(content, &page) != nil {
		return []string{string(content)}
	}
	notes := make([]string, len(page.Items))
	for i, item := range page.Items {
		notes[i] = item.Note
	}
	return notes
}

func unzipped(file io.Reader) (io.Reader, error) {
	buffered := bufio.NewReader(file)
	if magic, _ := buffered.Peek(2); string(magic) != "\x1f\x8b" {
		return buffered, nil
	}
	return gzip.NewReader(buffered)
}

// say puts a report into words.
func say(r audit.Report, chinese bool) string {
	var b strings.Builder
	line := func(zh, en string, args ...any) {
		if !chinese {
			zh = en
		}
		fmt.Fprintf(&b, zh+"\n", args...)
	}
	line("账本日志 %[1]s，导出于 %[2]s：核对了 %[3]d 行，和 %[4]d 个检查点比过。", "The log %[1]s, exported %[2]s: %[3]d lines checked, compared with %[4]d checkpoints.",
		r.Head.Origin, r.Head.ExportedAt.Format("2006-01-02 15:04:05 MST"), r.Lines, r.Checkpoints)
	if r.Checkpoints == 0 {
		line("没有检查点可比：只能说这份导出自己前后一致，不能说它没有整个重做过。", "No checkpoint to compare with: the export agrees with itself, but the whole of it may have been made anew.")
	}
	if r.Erased > 0 {
		line("有 %d 处是已注销的人：是谁的已经没有人能核对，其余内容照常核对了。", "%d marks are of people who were erased: whose they were nobody can check any more; all else was checked.", r.Erased)
	}
	if r.New > 0 {
		line("有 %d 行太新，还没有进账本日志。", "%d lines are too new to be in the log.", r.New)
	}
	for _, f := range r.Findings {
		fmt.Fprintln(&b, "  ✗ "+f.Text(chinese))
	}
	switch {
	case r.OK():
		line("没有发现问题。", "Nothing is wrong.")
	case r.More > 0:
		line("还有 %d 处没有列出。", "%d more are not listed.", r.More)
	}
	return b.String()
}
