// Command qihe-verify checks an exported ledger with nothing but the log's public
// key: every line is what came into the log, none is missing, none was slipped in,
// and the log begins as each checkpoint says that the auditor kept. It needs no
// network and no database.
//
//	qihe-verify --key 'qihe/hours+…' --export ledger.jsonl --checkpoint january.note --checkpoint february.note
//
// In the same way it checks a certificate of service as its holder downloaded it:
// its hours are in the log, are the holder's, had settled, and are not counted
// twice; and one line of somebody's hours with its proof.
//
//	qihe-verify --key 'qihe/hours+…' --certificate ZM410621-2026-00012.json
//	qihe-verify --key 'qihe/hours+…' --line 时长核验-1234.json
//
// A file of checkpoints holds a signed note, or what /api/hours/v1/ledger/checkpoints
// or /ledger/witnesses answered. Whoever runs Qihe may show different logs to
// different people, or make all of it anew; witnesses, organisations that co-sign
// checkpoints, prevent that: --witness names one whose word counts, --need how many.
//
// A witness needs the same command, and a key of its own:
//
//	qihe-verify witness-key no1-school
//	qihe-verify witness --key 'qihe/hours+…' --site https://volunteers.example
//
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
	"github.com/qihe-volunteers/qihe/shared/translog"
)

var flags struct {
	Check      checkCommand      `cmd:"" default:"withargs" help:"Check an export, a certificate or a line. 核验账本、证明，或者一条时长。"`
	Witness    witnessCommand    `cmd:"" help:"Look at the log and co-sign it. 见证：看一遍账本，签名。"`
	WitnessKey witnessKeyCommand `cmd:"" help:"Make the key of a witness. 见证单位第一次用：做一把钥匙。"`
	English    bool              `help:"Answer in English."`
}

type checkCommand struct {
	Key         []string `required:"" help:"The log's public key, or a file that holds it. Give each that ever signed."`
	Export      string   `required:"" xor:"what" type:"existingfile" help:"What 'hours export-log' wrote; may be gzipped."`
	Certificate string   `required:"" xor:"what" type:"existingfile" help:"A certificate of service, as its holder downloaded it."`
	Line        string   `required:"" xor:"what" type:"existingfile" help:"One line of somebody's hours, as its page gave it."`
	Checkpoint  []string `type:"existingfile" help:"A file with checkpoints that somebody kept. May be given often."`
	Witness     []string `help:"The public key of a witness that you trust, or a file that holds it. May be given often."`
	Need        int      `help:"How many of the witnesses must have signed; all when it is not said."`
}

const couldNot = 2 // what it ends with when it could not check

func main() {
	ctx := kong.Parse(&flags, kong.Name("qihe-verify"), kong.Description("Checks an exported ledger of hours, a certificate of service or one line; co-signs for a witness. 核验志愿服务时长账本，或者替它作见证。"),
		kong.Exit(func(code int) { os.Exit(min(code, couldNot)) }))
	said, right, err := ctx.Selected().Target.Addr().Interface().(command).do()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(couldNot)
	}
	fmt.Print(said)
	if !right {
		os.Exit(1)
	}
}

// command is what main does: it returns what is to be said, and whether nothing is wrong.
type command interface {
	do() (said string, right bool, err error)
}

func (c *checkCommand) do() (said string, right bool, err error) {
	trust, notes, err := c.given()
	if err != nil {
		return "", false, err
	}
	file, err := os.Open(c.Export + c.Certificate + c.Line) // two of them are empty
	if err != nil {
		return "", false, err
	}
	defer func() { _ = file.Close() }()
	content, err := unzipped(file)
	if err != nil {
		return "", false, err
	}
	switch {
	case c.Certificate != "":
		report, err := audit.CheckCertificate(content, notes, trust)
		return sayCertificate(report, !flags.English), report.OK(), err
	case c.Line != "":
		report, err := audit.CheckLine(content, notes, trust)
		return sayLine(report, !flags.English), report.OK(), err
	}
	report, err := audit.Check(content, notes, trust)
	return say(report, !flags.English), report.OK(), err
}

// given reads whom to trust, and the notes that were kept.
func (c *checkCommand) given() (trust audit.Trust, notes []string, err error) {
	if trust.Keys, err = logKeys(c.Key); err != nil {
		return trust, nil, err
	}
	for _, k := range c.Witness {
		key, err := translog.NewCosignature(orContent(k))
		if err != nil {
			return trust, nil, fmt.Errorf("the witness %q: %w", k, err)
		}
		trust.Witnesses.Keys = append(trust.Witnesses.Keys, key)
	}
	if trust.Witnesses.Need = c.Need; c.Need == 0 {
		trust.Witnesses.Need = len(c.Witness)
	}
	if c.Need < 0 || c.Need > len(c.Witness) {
		return trust, nil, fmt.Errorf("%d witnesses cannot be needed of %d", c.Need, len(c.Witness))
	}
	for _, path := range c.Checkpoint {
		content, err := os.ReadFile(path)
		if err != nil {
			return trust, nil, err
		}
		notes = append(notes, notesIn(content)...)
	}
	return trust, notes, nil
}

func logKeys(given []string) (note.Verifiers, error) {
	var keys []note.Verifier
	for _, k := range given {
		verifier, err := note.NewVerifier(orContent(k))
		if err != nil {
			return nil, fmt.Errorf("the key %q: %w", k, err)
		}
		keys = append(keys, verifier)
	}
	return note.VerifierList(keys...), nil
}

// orContent is what the file of this name holds, or the text itself.
func orContent(text string) string {
	if content, err := os.ReadFile(text); err == nil {
		text = string(content)
	}
	return strings.TrimSpace(text)
}

// notesIn takes the notes out of a file: of an answer of the service, of what a
// witness was given, or the one that it is.
func notesIn(content []byte) []string {
	if g, err := translog.ParseGrowth(string(content)); err == nil {
		return []string{g.Note}
	}
	var page struct {
		Items []struct {
			Note string `json:"note"`
		} `json:"items"`
	}
	if json.Unmarshal(content, &page) != nil {
		return []string{string(content)}
	}
	var notes []string
	for _, item := range page.Items {
		if item.Note != "" { // a witness that has signed nothing yet
			notes = append(notes, item.Note)
		}
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
