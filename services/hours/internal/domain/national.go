package domain

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// NationalBatch is what was sent at a time: a file for the national system.
type NationalBatch struct {
	ID             string
	Number         int
	RegionPath     string
	First, Last    Day // First 0: from the beginning
	MappingVersion int
	Purpose        string
	MadeBy         string
	MadeAt         time.Time
	ExpiresAt      time.Time
	TakenAt        time.Time // zero: by nobody yet
	AnsweredBy     string
	AnsweredAt     time.Time
	Unknown        int // rows of what came back that are none of ours
	TheirMinutes   int
}

// NationalFileDays is for how many days the file of a batch may be taken.
const NationalFileDays = 7

// MostNationalRows is how many rows a batch has at most: as many as can be read
// when they come back. What is left goes with the next one.
const MostNationalRows = 90_000

// What can be wrong with a batch.
var (
	ErrNoBatch         = apperr.New(apperr.NotFound, "no_such_batch", "没有这个批次，或者不在您的管辖范围内。", "There is no such batch, or it is not one of yours.")
	ErrBatchEmpty      = apperr.New(apperr.Conflict, "batch_empty", "现在没有要报的：该报的都报过了，或者还缺资料。请看检查报告。", "There is nothing to send now: all of it was sent, or something is missing still. Please look at the report.")
	ErrBatchPurpose    = apperr.New(apperr.Invalid, "batch_purpose", "请写明导出做什么用，4 到 100 个字；不要写人名。", "Please say what the file is for, in 4 to 100 characters; name nobody.")
	ErrBatchDays       = apperr.New(apperr.Invalid, "batch_days", "起止日期不对：结束日不能在开始日之前，也不能在今天之后。", "These days are wrong: the last day is neither before the first nor after today.")
	ErrBatchTaken      = apperr.New(apperr.Conflict, "batch_taken", "刚刚有人做了一批，请刷新页面再看还有什么要报。", "Somebody has just made a batch; please reload the page and see what is left.")
	ErrBatchExpired    = apperr.New(apperr.Conflict, "batch_expired", "这一批的文件已经过期，不能再下载。没有下载过的会在下一批里重新报。", "The file of this batch can be taken no longer. What was never taken goes with the next batch.")
	ErrBatchUnanswered = apperr.New(apperr.Conflict, "batch_not_taken", "这一批的文件还没有下载过，不会有回执。", "The file of this batch was never taken, so nothing can have come back.")
)

// NewNationalBatch returns a batch that is made now.
func NewNationalBatch(number int, b NationalBatch, by string, now time.Time) (NationalBatch, error) {
	b.ID, b.Number, b.MadeBy, b.MadeAt, b.ExpiresAt = id.New(), number, by, now, now.AddDate(0, 0, NationalFileDays)
	b.Purpose = strings.Join(strings.Fields(b.Purpose), " ")
	if n := utf8.RuneCountInString(b.Purpose); n < 4 || n > 100 {
		return b, apperr.For("purpose", ErrBatchPurpose)
	}
	return b, nil
}

// Counts reports whether what is in the batch was sent, as far as is known: it was
// taken, or still can be.
func (b NationalBatch) Counts(now time.Time) bool {
	return !b.TakenAt.IsZero() || now.Before(b.ExpiresAt)
}

// NationalChange says what a row does over there.
type NationalChange string

// The changes.
const (
	NationalNew       NationalChange = "new"
	NationalChanged   NationalChange = "changed"
	NationalWithdrawn NationalChange = "withdrawn"
)

// NationalState is what became of a row.
type NationalState string

// The states of a row. LeftOut was no longer what was promised when the file was
// first taken; Missing is in no row of what came back.
const (
	NationalSent     NationalState = "sent"
	NationalLeftOut  NationalState = "left_out"
	NationalAccepted NationalState = "accepted"
	NationalRefused  NationalState = "refused"
	NationalMissing  NationalState = "missing"
)

// NationalRow is a row of a batch, as it is remembered: without who it is about.
type NationalRow struct {
	Group       NationalGroup
	Place       int // in its sheet, from 1
	SubjectID   string
	Revision    int // of the subject
	VolunteerID string
	TeamID      string
	Change      NationalChange
	Digest      []byte
	Minutes     int
	State       NationalState
	Reason      string // why it was refused
}

// groupLetters are the letters of the groups in row numbers.
var groupLetters = map[NationalGroup]string{NationalBasic: "B", NationalService: "S", NationalTraining: "T", NationalHonour: "H", NationalComplaint: "C"}

// RowNumber names a row in the file and in what comes back: 3-S12.
func RowNumber(batch int, g NationalGroup, place int) string {
	return fmt.Sprintf("%d-%s%d", batch, groupLetters[g], place)
}

// ParseRowNumber understands RowNumber.
func ParseRowNumber(s string) (batch int, g NationalGroup, place int, ok bool) {
	before, after, found := strings.Cut(strings.ToUpper(s), "-")
	if !found || len(after) < 2 {
		return 0, "", 0, false
	}
	batch, err := strconv.Atoi(before)
	place, wrong := strconv.Atoi(after[1:])
	for group, letter := range groupLetters {
		if letter == after[:1] {
			g = group
		}
	}
	return batch, g, place, err == nil && wrong == nil && g != "" && place >= 1
}

// NationalDigest is the fingerprint of a row of another group than the basic
// information: of the values of the fields that a sheet writes, but for those that say
// who somebody is, which are the basic information's.
func NationalDigest(s NationalSheet, values map[string]string) []byte {
	h := sha256.New()
	fields := s.Fields()
	slices.Sort(fields)
	for _, f := range fields {
		if f != "row" && f != "change" && f != "record" && !slices.Contains(identityFields, f) {
			fmt.Fprintf(h, "%s\x1f%s\x1e", f, values[f])
		}
	}
	return h.Sum(nil)
}

// WithdrawnDigest is that of a row that takes back what was sent of a subject.
func WithdrawnDigest(subjectID string) []byte {
	sum := sha256.Sum256([]byte("withdrawn " + subjectID))
	return sum[:]
}

// NationalPast is what was sent of a subject before.
type NationalPast struct {
	Revision int // the newest of all, whatever became of it

	Digest []byte         // of the newest that counts over there, as far as is known; nil: none does
	Change NationalChange // of that

	LastDigest []byte // of the newest that was in a file
	LastChange NationalChange
	LastState  NationalState
}

// There reports whether the subject is over there, as far as is known.
func (p NationalPast) There() bool { return p.Digest != nil && p.Change != NationalWithdrawn }

// Next returns what is to be sent of a subject whose fingerprint is digest now, nil
// when there is nothing left of it; empty for nothing. What was refused is not
// sent again as it was, unless again says that the reason lay elsewhere; then
// waits is true.
func (p NationalPast) Next(digest []byte, again bool) (change NationalChange, waits bool) {
	switch {
	case digest == nil && !p.There():
		return "", false
	case digest != nil && p.There() && bytes.Equal(digest, p.Digest):
		return "", false
	case digest == nil:
		change = NationalWithdrawn
	case p.There():
		change = NationalChanged
	default:
		change = NationalNew
	}
	refused := p.LastState == NationalRefused
	if change == NationalWithdrawn {
		refused = refused && p.LastChange == NationalWithdrawn
	} else {
		refused = refused && bytes.Equal(p.LastDigest, digest)
	}
	if refused && !again {
		return "", true
	}
	return change, false
}

// SortedCodes returns the keys of a map in a fixed order.
func SortedCodes[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
