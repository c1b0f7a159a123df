// Command qihe-verify checks an exported ledger with nothing but the log's public
// key: every line is what came into the log, none is missing, none was slipped in,
// and the log begins as each checkpoint says that the auditor kept. It needs no
// network and no database.
//
//	qihe-verify --key 'qihe/hours+…' --export ledger.jsonl --checkpoint january.note --checkpoint february.note
//
// In the same way it checks a certificate of service as its holder downloaded it:
// its hours are in the log, are the holder's, had settled, and are not counted twice.
//
//	qihe-verify --key 'qihe/hours+…' --certificate ZM410621-2026-00012.json
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
	Key         []string `required:"" help:"The log's public key, or a file that holds it. Give each that ever signed."`
	Export      string   `required:"" xor:"what" type:"existingfile" help:"What 'hours export-log' wrote; may be gzipped."`
	Certificate string   `required:"" xor:"what" type:"existingfile" help:"A certificate of service, as its holder downloaded it."`
	Checkpoint  []string `type:"existingfile" help:"A file with checkpoints that somebody kept. May be given often."`
	English     bool     `help:"Answer in English."`
}

func main() {
	kong.Parse(&flags, kong.Name("qihe-verify"), kong.Description("Checks an exported ledger of hours, or a certificate of service. 核验导出的时长账本，或一份志愿服务记录证明。"))
	said, right, err := verify()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Print(said)
	if !right {
		os.Exit(1)
	}
}

// verify returns what is to be said, and whether nothing is wrong.
func verify() (said string, right bool, err error) {
	keys, notes, err := given()
	if err != nil {
		return "", false, err
	}
	file, err := os.Open(flags.Export + flags.Certificate) // one of them is empty
	if err != nil {
		return "", false, err
	}
	defer func() { _ = file.Close() }()
	content, err := unzipped(file)
	if err != nil {
		return "", false, err
	}
	if flags.Certificate != "" {
		report, err := audit.CheckCertificate(content, notes, keys)
		return sayCertificate(report, !flags.English), report.OK(), err
	}
	report, err := audit.Check(content, notes, keys)
	return say(report, !flags.English), report.OK(), err
}

// given reads the keys, and the notes that were kept.
func given() (note.Verifiers, []string, error) {
	var keys []note.Verifier
	for _, k := range flags.Key {
		if content, err := os.ReadFile(k); err == nil {
			k = string(content)
		}
		verifier, err := note.NewVerifier(strings.TrimSpace(k))
		if err != nil {
			return nil, nil, fmt.Errorf("the key %q: %w", k, err)
		}
		keys = append(keys, verifier)
	}
	var notes []string
	for _, path := range flags.Checkpoint {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, err
		}
		notes = append(notes, notesIn(content)...)
	}
	return note.VerifierList(keys...), notes, nil
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

// lines puts what is said together, in Chinese or in English.
type lines struct {
	strings.Builder
	chinese bool
}

func (l *lines) say(zh, en string, args ...any) {
	if !l.chinese {
		zh = en
	}
	fmt.Fprintf(l, zh+"\n", args...)
}

func (l *lines) findings(all []audit.Finding) {
	for _, f := range all {
		fmt.Fprintln(l, "  ✗ "+f.Text(l.chinese))
	}
}

// say puts a report into words.
func say(r audit.Report, chinese bool) string {
	b := lines{chinese: chinese}
	b.say("账本日志 %[1]s，导出于 %[2]s：核对了 %[3]d 行，和 %[4]d 个检查点比过。", "The log %[1]s, exported %[2]s: %[3]d lines checked, compared with %[4]d checkpoints.",
		r.Head.Origin, r.Head.ExportedAt.Format("2006-01-02 15:04:05 MST"), r.Lines, r.Checkpoints)
	if r.Checkpoints == 0 {
		b.say("没有检查点可比：只能说这份导出自己前后一致，不能说它没有整个重做过。", "No checkpoint to compare with: the export agrees with itself, but the whole of it may have been made anew.")
	}
	if r.Erased > 0 {
		b.say("有 %d 处是已注销的人：是谁的已经没有人能核对，其余内容照常核对了。", "%d marks are of people who were erased: whose they were nobody can check any more; all else was checked.", r.Erased)
	}
	if r.New > 0 {
		b.say("有 %d 行太新，还没有进账本日志。", "%d lines are too new to be in the log.", r.New)
	}
	b.findings(r.Findings)
	switch {
	case r.OK():
		b.say("没有发现问题。", "Nothing is wrong.")
	case r.More > 0:
		b.say("还有 %d 处没有列出。", "%d more are not listed.", r.More)
	}
	return b.String()
}

// sayCertificate does the same for a certificate.
func sayCertificate(r audit.CertificateReport, chinese bool) string {
	b := lines{chinese: chinese}
	f := r.File
	b.say("证明 %[1]s（%[2]s，%[3]s）：%[4]d 行、共 %[5]d 分钟，和 %[6]d 行时的检查点比过。", "Certificate %[1]s (%[2]s, %[3]s): %[4]d lines of %[5]d minutes, compared with the checkpoint of %[6]d lines.",
		f.Number, f.Issuer, f.IssuedOn, len(f.Lines), f.Minutes, r.Size)
	if r.OK() && r.Kept == 0 {
		b.say("没有用别人保存的检查点对照：签名是真的，但没有核对这个日志是不是给所有人看的那一个。", "No checkpoint that somebody else kept was compared: the signature is right, but not whether all are shown this log.")
	}
	if r.Records > 1 {
		b.say("这些行记在 %d 份志愿者登记名下：只有登记合并过，才会这样。", "The lines are of %d volunteers' records: right only where records were found to be one person's.", r.Records)
	}
	b.findings(r.Findings)
	if r.OK() {
		b.say("这些时长都在账本里，是同一位持证人的，没有重复。证明有没有撤销或更换，请用查验码 %s 在网上看。", "These hours are in the ledger, are the holder's and are counted once. Whether the certificate was revoked or replaced is said online, under its code %s.", f.Code)
	}
	return b.String()
}
