package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/audit"
)

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
	if r.Witnessed > 0 {
		b.say("见证：到第 %[1]d 行为止，有见证单位作证（%[2]s）。", "Witnessed: up to line %[1]d, witnesses vouch for it (%[2]s).", r.Witnessed, reached(r.Reached))
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
	if len(r.Who) > 0 {
		b.say("这个检查点有 %d 家见证单位作证：%s。", "%d witnesses co-signed this checkpoint: %s.", len(r.Who), strings.Join(r.Who, "、"))
	}
	if r.OK() && r.Kept == 0 && len(r.Who) == 0 {
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

// sayLine does the same for one line.
func sayLine(r audit.LineReport, chinese bool) string {
	b := lines{chinese: chinese}
	l := r.File.Line
	b.say("时长 %[1]s《%[2]s》%[3]d 分钟：账本第 %[4]d 行，和 %[5]d 行时的检查点比过。", "Hours of %[1]s, %[2]s, %[3]d minutes: line %[4]d of the ledger, compared with the checkpoint of %[5]d lines.",
		l.From.Local().Format("2006-01-02 15:04"), l.Title, l.Minutes, l.Index, r.Size)
	if len(r.Who) > 0 {
		b.say("这个检查点有 %d 家见证单位作证：%s。", "%d witnesses co-signed this checkpoint: %s.", len(r.Who), strings.Join(r.Who, "、"))
	}
	b.findings(r.Findings)
	if !r.OK() {
		return b.String()
	}
	if !r.Own {
		b.say("文件里没有本人的凭据：只能说有这一行，不能说是谁的。", "The person's own salt is not in the file: the line is there, but whose it is cannot be said.")
	}
	b.say("这一行在账本里，内容和入账时一样。", "The line is in the ledger, as it was recorded.")
	return b.String()
}

func reached(sizes map[string]int64) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(sizes)) {
		parts = append(parts, fmt.Sprintf("%s %d", name, sizes[name]))
	}
	return strings.Join(parts, "、")
}
