package domain

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/qihe-volunteers/qihe/shared/id"
)

// Mark stands for a person in a leaf: HMAC-SHA-256 of their id under a salt of
// their own. Who does not have the salt can tell nothing from it.
type Mark [sha256.Size]byte

// Salt is a person's own. Without it their marks say nothing to anybody.
type Salt [sha256.Size]byte

// NewSalt returns a salt from the system's source of randomness.
func NewSalt() (s Salt) {
	_, _ = rand.Read(s[:]) // never fails
	return s
}

// Mark returns the mark of the person with this id.
func (s Salt) Mark(personID string) (m Mark) {
	mac := hmac.New(sha256.New, s[:])
	mac.Write([]byte(personID))
	return Mark(mac.Sum(nil))
}

// Leaf is a line of the ledger as the transparency log has it: all of which
// sums and certificates are made, and of people their marks.
type Leaf struct {
	Index         int64 // its place in the log, from 0
	Mark          Mark  // of the volunteer
	ConfirmerMark Mark
	Entry         Entry // VolunteerID, ConfirmedBy and Sequence are not in the leaf
}

// The first byte of a leaf. Another encoding is another version; leaves that were
// written stay as they are. Version 2 also has the day on which the line settles;
// a line that has none is encoded as it was before there were such days.
const (
	leafWithoutDay = 1
	leafWithDay    = 2
)

// The words of a leaf, by the number that stands for each. Only ever append.
var (
	leafKinds    = []Kind{Service, Training, Adjustment, Reversal, Import}
	leafAccounts = []Account{ServiceAccount, TrainingAccount, ImportAccount}
	leafGrades   = []string{"A", "B", "C", "D"}
	leafSources  = []string{SourceAttendance, SourceEntry, SourceCorrection, SourceImport, SourceContact}
)

// Encode returns the leaf's bytes: big-endian numbers and ids of fixed length,
// then texts with their length before them. Times are microseconds since 1970,
// as PostgreSQL keeps them; the day after them counts from 1970-01-01. An error says which value the encoding has no room
// for.
func (l Leaf) Encode() ([]byte, error) {
	e := l.Entry
	version := byte(leafWithDay)
	if e.SettlesOn == 0 {
		version = leafWithoutDay
	}
	b := append(make([]byte, 0, 256+len(e.Title)), version)
	b = binary.BigEndian.AppendUint64(b, uint64(l.Index))
	b = append(append(b, l.Mark[:]...), l.ConfirmerMark[:]...)
	for _, text := range []string{e.ID, e.TeamID, e.ProgrammeID, e.SourceID} {
		if !id.Valid(text) {
			return nil, fmt.Errorf("leaf %d: %q is no id", l.Index, text)
		}
		b = id.Append(b, text)
	}
	for _, n := range []int{
		slices.Index(leafKinds, e.Kind), slices.Index(leafAccounts, e.Account), slices.Index(leafGrades, e.Verification), slices.Index(leafSources, e.SourceKind),
	} {
		if n < 0 {
			return nil, fmt.Errorf("leaf %d: %s, %s, %s or %s has no number", l.Index, e.Kind, e.Account, e.Verification, e.SourceKind)
		}
		b = append(b, byte(n))
	}
	b = binary.BigEndian.AppendUint32(b, uint32(int32(e.Minutes))) //nolint:gosec // at most a day, by the table's own rule
	for _, t := range []time.Time{e.From, e.To, e.ConfirmedAt, e.RecordedAt} {
		b = binary.BigEndian.AppendUint64(b, uint64(t.UnixMicro()))
	}
	if version == leafWithDay {
		b = binary.BigEndian.AppendUint32(b, uint32(e.SettlesOn))
	}
	for _, text := range []string{e.RegionPath, e.ReportingUnit, e.Title} {
		if len(text) > 1<<16-1 {
			return nil, fmt.Errorf("leaf %d: a text of %d bytes is too long", l.Index, len(text))
		}
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(text))), text...) //nolint:gosec // looked at above
	}
	return b, nil
}

// ErrNotALeaf says that bytes are none that Encode made.
var ErrNotALeaf = errors.New("not a leaf of the ledger")

// DecodeLeaf is Encode's inverse; it takes nothing that Encode would not make.
func DecodeLeaf(b []byte) (Leaf, error) {
	r := leafReader{rest: b}
	version := r.number(1)
	if version != leafWithoutDay && version != leafWithDay {
		return Leaf{}, ErrNotALeaf
	}
	l := Leaf{Index: int64(r.number(8))} //nolint:gosec // the same bits
	l.Mark, l.ConfirmerMark = Mark(r.take(sha256.Size)), Mark(r.take(sha256.Size))
	e := &l.Entry
	for _, to := range []*string{&e.ID, &e.TeamID, &e.ProgrammeID, &e.SourceID} {
		*to = id.FromBytes([16]byte(r.take(16)))
	}
	e.Kind, e.Account = wordOf(&r, leafKinds), wordOf(&r, leafAccounts)
	e.Verification, e.SourceKind = wordOf(&r, leafGrades), wordOf(&r, leafSources)
	e.Minutes = int(int32(r.number(4))) //nolint:gosec // the same bits
	for _, to := range []*time.Time{&e.From, &e.To, &e.ConfirmedAt, &e.RecordedAt} {
		*to = time.UnixMicro(int64(r.number(8))).UTC() //nolint:gosec // the same bits
	}
	if version == leafWithDay {
		e.SettlesOn = Day(r.number(4)) //nolint:gosec // the same bits
	}
	for _, to := range []*string{&e.RegionPath, &e.ReportingUnit, &e.Title} {
		*to = string(r.take(int(r.number(2)))) //nolint:gosec // two bytes
	}
	if r.short || len(r.rest) > 0 || version == leafWithDay && e.SettlesOn == 0 {
		return Leaf{}, ErrNotALeaf
	}
	return l, nil
}

// leafReader takes a leaf apart; short says that there was less than wanted.
type leafReader struct {
	rest  []byte
	short bool
}

func (r *leafReader) take(n int) []byte {
	if n > len(r.rest) {
		r.short, r.rest = true, nil
		return make([]byte, n)
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *leafReader) number(bytes int) (n uint64) {
	for _, b := range r.take(bytes) {
		n = n<<8 | uint64(b)
	}
	return n
}

func wordOf[T any](r *leafReader, words []T) (word T) {
	n := int(r.number(1)) //nolint:gosec // one byte
	if n >= len(words) {
		r.short = true
		return word
	}
	return words[n]
}
