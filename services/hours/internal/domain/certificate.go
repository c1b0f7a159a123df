package domain

import (
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/luhn"
)

var (
	// ErrNoCertificate is the answer for a certificate that is not there, or not the reader's to see.
	ErrNoCertificate = apperr.New(apperr.NotFound, "no_such_certificate", "没有这份证明。请核对编号或查验码。", "There is no such certificate; please check the number or the code.")
	// ErrNoRequest is the same for a request.
	ErrNoRequest = apperr.New(apperr.NotFound, "no_such_request", "没有这份申请，或者已经办好了。", "There is no such request, or it was dealt with.")
	// ErrRequestWaiting says that one request is enough.
	ErrRequestWaiting = apperr.New(apperr.Conflict, "request_waiting", "您已经申请了一份，正在办理。要改的话，请先撤回。", "You have asked for one already and it is being dealt with; to change it, withdraw it first.")
	// ErrNothingSettled says that there is nothing to certify.
	ErrNothingSettled = apperr.New(apperr.Conflict, "nothing_settled", "这段时间没有已生效的服务时长。公示期满后就可以开证明。", "No hours of this time have settled yet; once their time of publicity is over they can be certified.")
	// ErrNoPaper says that a certificate needs an identity paper.
	ErrNoPaper = apperr.New(apperr.Conflict, "no_paper", "证明上要写证件号，您还没有登记。请先到“我的 → 个人资料”填写。", "A certificate names an identity paper and none is registered yet; please add it under Mine → My details first.")
	// ErrNoIssuer says that no office is set up to issue.
	ErrNoIssuer = apperr.New(apperr.Conflict, "no_issuer", "当地妇联还没有设好出具单位和负责人，请联系妇联。", "The office has not said yet under whose name it issues certificates; please ask it.")
	// ErrCertificateEnded refuses a second end.
	ErrCertificateEnded = apperr.New(apperr.Conflict, "certificate_ended", "这份证明已经撤销或更换过了。", "This certificate was revoked or replaced already.")
	// ErrNotIssuing refuses an act that belongs to the issuing office.
	ErrNotIssuing = apperr.New(apperr.Forbidden, "not_issuing", "只有出具单位的协调员和管理员可以这样做。", "Only coordinators and administrators of the issuing office may do this.")
	// ErrOwnCertificate refuses to an officer what concerns herself.
	ErrOwnCertificate = apperr.New(apperr.Forbidden, "own_certificate", "这是您自己的证明，请由另一位同事办理。", "This is your own certificate; a colleague must deal with it.")

	errPeriodOrder = apperr.New(apperr.Invalid, "period_order", "开始日期不能晚于结束日期。", "The first day cannot come after the last.")
	errNoteLong    = apperr.New(apperr.Invalid, "note_long", "用途最多写 40 个字。", "What it is for may take 40 characters at most.")
)

// Span is a stretch of days; a zero Day is open.
type Span struct{ First, Last Day }

// RequestState says what became of a request.
type RequestState string

// The states of a request.
const (
	RequestWaiting   RequestState = "waiting"
	RequestIssued    RequestState = "issued"
	RequestWithdrawn RequestState = "withdrawn"
)

// CertificateRequest asks for a 志愿服务记录证明. It costs nothing and needs no
// reason (条例 art. 19).
type CertificateRequest struct {
	ID          string
	VolunteerID string
	RegionPath  string // of the volunteer's home
	Asked       Span
	Note        string // what for, as it will stand on the paper; empty: not told
	Whole       bool   // the identity number in full
	State       RequestState
	AskedAt     time.Time
}

// NewCertificateRequest returns r as one that waits, or what is wrong with it.
func NewCertificateRequest(r CertificateRequest, now time.Time) (CertificateRequest, error) {
	r.ID, r.State, r.AskedAt = id.New(), RequestWaiting, now
	r.Note = strings.Join(strings.Fields(r.Note), " ")
	if r.Asked.First != 0 && r.Asked.Last != 0 && r.Asked.First > r.Asked.Last {
		return r, apperr.For("last_day", errPeriodOrder)
	}
	if utf8.RuneCountInString(r.Note) > 40 {
		return r, apperr.For("note", errNoteLong)
	}
	return r, nil
}

// Issuer is how an office issues certificates from a day on.
type Issuer struct {
	ID         string
	RegionCode string
	Name       string // 鹤壁市妇女联合会
	InCharge   string // 负责人
	Contact    string // 联系方式
	ValidFrom  Day
	SetBy      string
	SetAt      time.Time
}

// Certificate is a 志愿服务记录证明 as the register has it. It never changes; that
// it counts no more is an End.
type Certificate struct {
	ID          string
	Issuer      Issuer
	Year        int
	Serial      int
	Code        string // opens the check page; 60 bits nobody can guess
	RequestID   string // empty of one that replaces another
	Replaces    string
	VolunteerID string
	RegionPath  string
	Minutes     int
	EntryIDs    []string // of the lines that make the minutes
	Asked, Span Span     // what was asked for; from the first to the last day of service
	Content     Content
	SettledOn   Day
	Position    int64
	LogSize     int64
	LogRoot     []byte
	HandledBy   string
	IssuedAt    time.Time

	End *CertificateEnd // nil while it counts
}

// CertificateEnd says that a certificate counts no more.
type CertificateEnd struct {
	State     string // replaced | revoked
	Reason    string
	By        string
	At        time.Time
	Successor string // number of the one that took its place
}

// The ends.
const (
	Replaced = "replaced"
	Revoked  = "revoked"
)

// Face is what a certificate says of people. It is kept sealed, and deleted when
// the volunteer has themself erased.
type Face struct {
	Name            string `json:"name"`
	VolunteerNumber string `json:"volunteer_number"`
	IDKind          string `json:"id_kind"`
	IDNumber        string `json:"id_number"` // as it is printed: masked, unless asked for in full
	Handler         string `json:"handler"`   // 经办人
	Note            string `json:"note"`
}

const codeLetters = 13 // twelve of five bits each, and one that checks them

// NewCode returns a code for the check page.
func NewCode() string { return luhn.NewCode(codeLetters) }

// ReadCode returns a code as it was meant. A code with one wrong letter is none.
func ReadCode(typed string) (string, bool) {
	code, right := luhn.ReadCode(typed)
	return code, right && len(code) == codeLetters
}

// SpellCode writes a code in groups, as it is printed.
func SpellCode(code string) string { return code[:4] + "-" + code[4:8] + "-" + code[8:] }

// Number returns the number in the register: ZM410621-2026-00012. A certificate
// of attendance begins with PX and cannot be taken for one.
func (c Certificate) Number() string {
	return fmt.Sprintf("ZM%s-%d-%05d", c.Issuer.RegionCode, c.Year, c.Serial)
}

// ShortRoot is the beginning of the checkpoint's root, for paper.
func (c Certificate) ShortRoot() string {
	text := strings.ToUpper(hex.EncodeToString(c.LogRoot[:8]))
	return text[:4] + " " + text[4:8] + " " + text[8:12] + " " + text[12:]
}

// RegisterNumber is a number taken apart.
type RegisterNumber struct {
	Issuer       string
	Year, Serial int
}

var numberText = regexp.MustCompile(`^ZM([0-9]{4,12})-?(20[0-9]{2})-?([0-9]{5,7})$`)

// ReadNumber reads a number as people type it: in small letters, full width,
// with spaces. It reports whether it can be one.
func ReadNumber(typed string) (n RegisterNumber, ok bool) {
	plain := strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r += '!' - '！'
		case r == '—' || r == '–':
			return '-'
		}
		if r == ' ' || r == '\u3000' {
			return -1
		}
		return r
	}, typed))
	parts := numberText.FindStringSubmatch(plain)
	if parts == nil {
		return n, false
	}
	n.Issuer = parts[1]
	n.Year, _ = strconv.Atoi(parts[2])
	n.Serial, _ = strconv.Atoi(parts[3])
	return n, true
}

var (
	// ErrNotSetting refuses the settings of an office to who does not administer it.
	ErrNotSetting = apperr.New(apperr.Forbidden, "not_setting", "只有本区划的管理员可以设置出具单位。", "Only administrators of the division may say how its office issues.")

	errIssuerPart = apperr.New(apperr.Invalid, "issuer_part", "出具单位、负责人和联系方式都要填，每项最多 60 个字。", "Name, person in charge and contact are all needed, of 60 characters at most.")
	errIssuerPast = apperr.New(apperr.Invalid, "issuer_past", "生效日期不能早于今天：已开的证明不会变。", "It cannot hold from a day that is over: issued certificates do not change.")
)

// Check returns what is wrong with the setting.
func (i Issuer) Check() error {
	for field, text := range map[string]string{"name": i.Name, "in_charge": i.InCharge, "contact": i.Contact} {
		if n := utf8.RuneCountInString(text); n == 0 || n > 60 {
			return apperr.For(field, errIssuerPart)
		}
	}
	if i.ValidFrom < DayOf(i.SetAt) {
		return apperr.For("valid_from", errIssuerPast)
	}
	return nil
}
