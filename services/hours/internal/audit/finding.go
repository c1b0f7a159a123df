package audit

import "fmt"

// Code names what is wrong.
type Code string

// The codes.
const (
	Changed   Code = "changed"   // a line is not what came into the log
	Person    Code = "person"    // a line is said to be another person's than it was
	Missing   Code = "missing"   // a leaf has no line any more
	Doubled   Code = "doubled"   // two lines have one index
	Twice     Code = "twice"     // one thing is credited, or one line reversed, twice
	Reversal  Code = "reversal"  // a reversal of nothing, of a reversal, or of other minutes
	History   Code = "history"   // history from paper is counted as something else, or something else as history
	Backdated Code = "backdated" // a line came into the log long after it says
	Unlogged  Code = "unlogged"  // a line is in no leaf and not new
	Rebuilt   Code = "rebuilt"   // the log does not begin as a checkpoint says
	Shorter   Code = "shorter"   // the log holds less than a checkpoint says
	Split     Code = "split"     // two checkpoints say different things of one size
	NotLogged Code = "notlogged" // of a certificate: a line is not in the log as it is shown
	Uncounted Code = "uncounted" // of a certificate: a line is no settled service
	Sum       Code = "sum"       // of a certificate: the minutes are not those of its lines
	Unsigned  Code = "unsigned"  // what is given as a checkpoint is none that the key signed

	Unwitnessed Code = "unwitnessed" // fewer witnesses than needed signed what was given
)

// Finding is one thing that is wrong. Index is the first leaf that is concerned;
// Outside when none is.
type Finding struct {
	Code   Code
	Index  int64
	Detail string // what was compared, for whoever looks into it
}

var words = map[Code][2]string{
	Changed:     {"这一行和入账时不一样", "this line is not what it was when it was recorded"},
	Person:      {"这一行被改到了别人名下", "this line was moved to another person"},
	Missing:     {"这一行不见了", "this line is gone"},
	Doubled:     {"两行占了同一个位置", "two lines stand in one place"},
	Twice:       {"同一件事记了两次", "one thing is credited twice"},
	Reversal:    {"这次冲销对不上原来的那一行", "this reversal does not fit the line it undoes"},
	Backdated:   {"这一行入账的时间是倒填的", "this line was put in later than it says"},
	Unlogged:    {"这一行绕过了账本日志", "this line went around the log"},
	Rebuilt:     {"账本日志被重做过：从这里到下一个检查点之间，和签过的检查点对不上", "the log was made anew: from here to the next checkpoint it is not what was signed"},
	Shorter:     {"账本日志变短了：后面的行被删掉了", "the log became shorter: its end was cut off"},
	Split:       {"同样长的账本签过两个不同的检查点：给不同的人看了不同的账", "two different checkpoints were signed for one length: different people were shown different books"},
	NotLogged:   {"账本日志里没有这样的一行：内容改过，或者从来没有记过", "the log holds no such line: it was changed, or was never recorded"},
	Uncounted:   {"这一行不是已生效的服务时长，不能算进证明", "this line is no settled service and does not count for a certificate"},
	Sum:         {"证明上的时长和各行加起来不一样", "the minutes of the certificate are not the sum of its lines"},
	Unwitnessed: {"见证单位的签名不够（有几家、要几家）：没有人替它作证，账本可能整个重做过", "too few witnesses signed (so many did, so many must): nobody vouches for it, all of it may have been made anew"},
	Unsigned:    {"这个检查点不是用这把钥匙签的", "this checkpoint was not signed with this key"},
	History:     {"从纸质登记簿导入的历史时长和别的时长混在了一起", "history from a paper register is mixed with other hours"},
}

// Text says it in Chinese, or in English.
func (f Finding) Text(chinese bool) string {
	says, where := words[f.Code][1], fmt.Sprintf("line %d: ", f.Index)
	if chinese {
		says, where = words[f.Code][0], fmt.Sprintf("第 %d 行：", f.Index)
	}
	if f.Index == Outside {
		where = ""
	}
	if f.Detail != "" {
		says += " (" + f.Detail + ")"
	}
	return where + says
}

// Report is what Check found.
type Report struct {
	Head        Head
	Lines       int64            // of which the leaf was checked
	Erased      int64            // of which nobody can check any more whose they were
	New         int64            // too new to be in the log
	Checkpoints int              // that the log was compared with
	Witnessed   int64            // as many witnesses as needed hold the log to what it was with so many lines
	Reached     map[string]int64 // to how many lines each of them did
	Findings    []Finding
	More        int // findings beyond those listed
}

// OK reports whether nothing was found.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// Unlogged returns how many lines are not in the log though they are not new, and
// whether nothing else was found: a sequencer that is behind looks like that.
func (r Report) Unlogged() (n int, only bool) {
	for _, f := range r.Findings {
		if f.Code == Unlogged {
			n++
		}
	}
	return n + r.More, n == len(r.Findings)
}

const listed = 1000 // findings that are listed; who finds more knows enough

func (r *Report) find(code Code, index int64, detail string, args ...any) {
	if len(r.Findings) == listed {
		r.More++
		return
	}
	r.Findings = append(r.Findings, Finding{code, index, fmt.Sprintf(detail, args...)})
}
