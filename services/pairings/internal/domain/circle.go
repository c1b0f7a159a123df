package domain

import (
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

// Adult is somebody who answers for a child. The guardian (监护人) and the actual
// carer (被委托照护人) are two people; neither is the companion parent.
type Adult struct {
	Name     string `json:"name"`
	Relation string `json:"relation"`          // 母亲, 奶奶
	Phone    string `json:"phone"`             // as it is dialled
	Place    string `json:"place"`             // where they live or work
	IDTail   string `json:"id_tail,omitempty"` // the last four characters of the guardian's ID number
}

// School is where a child learns, as of a term.
type School struct {
	Name  string `json:"name"`
	Grade string `json:"grade"`
	Term  string `json:"term"` // 2026 秋
}

// Circle is who answers for a child and where it learns. It is sealed.
type Circle struct {
	Guardian Adult  `json:"guardian"`
	Carer    Adult  `json:"carer"` // empty: the guardian cares herself
	School   School `json:"school"`
	Note     string `json:"note"` // about the needs
}

// ChildDetails is what an officer adds to a referral.
type ChildDetails struct {
	Circle
	Needs        []string
	CompanionSex string // female | male | any
}

// What can be wrong with it.
var (
	ErrGuardianName  = apperr.New(apperr.Invalid, "guardian_name", "请写监护人的姓名和与孩子的关系。", "Please give the guardian's name and relation.")
	ErrGuardianProof = apperr.New(apperr.Invalid, "guardian_proof", "请写监护人的手机号，或者身份证后四位：监护人打开链接时要用它证明是本人。", "Please give the guardian's phone, or the last four characters of the ID number: she proves herself with them.")
	ErrIDTail        = apperr.New(apperr.Invalid, "id_tail", "身份证后四位要是 4 个字符，最后一位可以是 X。", "These are not the last four characters of an ID number.")
	ErrCarerName     = apperr.New(apperr.Invalid, "carer_name", "请写被委托照护人的姓名和关系；监护人自己照看的，这一栏全部留空。", "Please give the carer's name and relation, or leave all of it empty when the guardian cares herself.")
	ErrCarerSame     = apperr.New(apperr.Invalid, "carer_same", "被委托照护人和监护人是同一个人。监护人自己照看的，这一栏留空。", "The carer and the guardian are the same person. Leave the carer empty when the guardian cares herself.")
	ErrNoCase        = apperr.New(apperr.Forbidden, "not_my_case", "只有负责这个个案的人能做这一步。", "This is for the officer who has the case.")
	ErrCaseHeld      = apperr.New(apperr.Conflict, "case_held", "已经有人负责这个个案。要换人，请由负责人移交，或者由管理员改派。", "Somebody has this case. Please ask them to hand it over, or an administrator to.")
	ErrCaseOwn       = apperr.New(apperr.Forbidden, "case_own", "不能把别人的个案改派给自己，请由另一位管理员来做。", "Nobody gives a case to themself; please ask another administrator.")
	ErrNotInCare     = apperr.New(apperr.Invalid, "not_in_care", "这个人不是这里的儿童关爱保护负责人，请先授权。", "This person is no child-care officer there; please give them the authority first.")
	ErrNoGuardian    = apperr.New(apperr.Conflict, "no_guardian", "还没有登记监护人。请先填写监护人的姓名和手机号。", "No guardian is recorded yet; please record her name and phone first.")
)

// Checked returns the details without stray blanks, or what is wrong with them.
func (d ChildDetails) Checked() (ChildDetails, error) {
	d.Guardian, d.Carer = d.Guardian.trimmed(), d.Carer.trimmed()
	d.Note = strings.TrimSpace(d.Note)
	d.School = School{strings.TrimSpace(d.School.Name), strings.TrimSpace(d.School.Grade), strings.TrimSpace(d.School.Term)}
	d.Needs = slices.Compact(slices.Sorted(slices.Values(d.Needs)))
	g, c := d.Guardian, d.Carer
	switch {
	case g.Name == "" || g.Relation == "":
		return d, apperr.For("guardian.name", ErrGuardianName)
	case len(g.Phone) < 4 && g.IDTail == "":
		return d, apperr.For("guardian.phone", ErrGuardianProof)
	case g.IDTail != "" && len(g.IDTail) != 4:
		return d, apperr.For("guardian.id_tail", ErrIDTail)
	case c != Adult{} && (c.Name == "" || c.Relation == ""):
		return d, apperr.For("carer.name", ErrCarerName)
	case c.Name == g.Name && c.Phone == g.Phone:
		return d, apperr.For("carer.name", ErrCarerSame)
	}
	return d, nil
}

func (a Adult) trimmed() Adult {
	return Adult{
		Name: strings.TrimSpace(a.Name), Relation: strings.TrimSpace(a.Relation), Phone: tidy(a.Phone), Place: strings.TrimSpace(a.Place), IDTail: tidy(a.IDTail),
	}
}

// Proofs are what a guardian proves herself with: the last four characters of her
// phone and of her ID number.
func (a Adult) Proofs() (tails []string) {
	if len(a.Phone) >= 4 {
		tails = append(tails, a.Phone[len(a.Phone)-4:])
	}
	if a.IDTail != "" {
		tails = append(tails, a.IDTail)
	}
	return tails
}

// tidy returns letters and digits as people mean them who type them on a Chinese
// keyboard.
func tidy(text string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～': // full width
			r = r - '！' + '!'
		case r == ' ' || r == '\u3000' || r == '-':
			return -1
		}
		if r > 126 || r < '+' {
			return -1
		}
		return r
	}, text))
}
