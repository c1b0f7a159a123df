package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func aLeaf() Leaf {
	return Leaf{
		Index: 1_234_567, Mark: Salt{1}.Mark("0190c0de-0000-7000-8000-0000000000aa"), ConfirmerMark: Salt{2}.Mark("0190c0de-0000-7000-8000-0000000000bb"),
		Entry: Entry{
			ID: "0190c0de-0000-7000-8000-000000000001", TeamID: "0190c0de-0000-7000-8000-000000000002", ProgrammeID: "0190c0de-0000-7000-8000-000000000003",
			RegionPath: "4106/410611/", ReportingUnit: "淇滨区", Kind: Service, Account: ServiceAccount, Verification: "A", Minutes: 150,
			From: time.Date(2026, 11, 22, 1, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 22, 3, 30, 0, 0, time.UTC),
			SourceKind: SourceAttendance, SourceID: "0190c0de-0000-7000-8000-000000000004", Title: "淇河岸边捡拾垃圾",
			ConfirmedAt: time.Date(2026, 11, 22, 4, 0, 0, 123_456_000, time.UTC), RecordedAt: time.Date(2026, 11, 22, 4, 0, 1, 0, time.UTC),
		},
	}
}

// TestLeafEncoding holds the bytes that never change. They were made by another
// program after the description of Encode.
func TestLeafEncoding(t *testing.T) {
	t.Parallel()
	reversal := aLeaf()
	reversal.Index, reversal.Entry.Kind, reversal.Entry.Minutes, reversal.Entry.SourceKind, reversal.Entry.Title = 0, Reversal, -150, "entry", ""
	settling, taken := aLeaf(), reversal
	settling.Entry.SettlesOn, taken.Entry.SettlesOn = DayOn(2026, 11, 29), DayOn(2026, 12, 31)
	paper := settling
	paper.Entry.Kind, paper.Entry.Account, paper.Entry.Verification, paper.Entry.SourceKind = Import, ImportAccount, "C", "import"
	contact := settling
	contact.Entry.Verification, contact.Entry.SourceKind, contact.Entry.Title = "D", "contact", ContactTitle
	const (
		marks = "b9a92990b2020041350a4bd68a0a9e1f362d9d756dbf487d2b3284673f9ea1ea" + "ae2de74d0d4a469701bbb62bc357fa2dcc83cad672459916aec2b22e14d0aa45"
		ids   = "0190c0de000070008000000000000001" + "0190c0de000070008000000000000002" + "0190c0de000070008000000000000003" + "0190c0de000070008000000000000004"
		times = "000660d2ff20c400" + "000660d51791de00" + "000660d582dd9240" + "000660d582eaf240"
		where = "000c343130362f3431303631312f" + "0009e6b787e6bba8e58cba"
	)
	for name, c := range map[string]struct {
		leaf       Leaf
		want, hash string
	}{
		"service": {
			aLeaf(), "01" + "000000000012d687" + marks + ids + "00000000" + "00000096" + times + where + "0018e6b787e6b2b3e5b2b8e8beb9e68da1e68bbee59e83e59cbe",
			"60d5dea644155aa292f5a01ed6baec39eb76afe5dafcd0ec59bbb2d0dd0f92c0",
		},
		"reversal": {
			reversal, "01" + "0000000000000000" + marks + ids + "03000001" + "ffffff6a" + times + where + "0000",
			"ceea6466620af78457131e903f803fea196a95f7edb8a8f399802bd9f17c4597",
		},
		"service with its day": {
			settling, "02" + "000000000012d687" + marks + ids + "00000000" + "00000096" + times + "00005132" + where + "0018e6b787e6b2b3e5b2b8e8beb9e68da1e68bbee59e83e59cbe",
			"30fc6dda340299a9a4bf3a80957b0de04d65534eae3349234740c603759920f2",
		},
		"history with its day": {
			paper, "02" + "000000000012d687" + marks + ids + "04020203" + "00000096" + times + "00005132" + where + "0018e6b787e6b2b3e5b2b8e8beb9e68da1e68bbee59e83e59cbe",
			"ab79a79e6c4df91bc2fce328c6986fee2d5bbe82c237e11af6d53f4521fd55c3",
		},
		"contact with its day": {
			contact, "02" + "000000000012d687" + marks + ids + "00000304" + "00000096" + times + "00005132" + where + "000ce7bb93e5afb9e999aae4bcb4",
			"ce3aac957b67c438c6a0c9d7eedbf32c94bc322f86b683ac1dc2cd23dc39ce89",
		},
		"reversal with its day": {
			taken, "02" + "0000000000000000" + marks + ids + "03000001" + "ffffff6a" + times + "00005152" + where + "0000",
			"a8acb61a4109654de67f50fb615852cd6a62f0d60bd2098d30d56318d04b004e",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := c.leaf.Encode()
			if got := hex.EncodeToString(b); err != nil || got != c.want {
				t.Errorf("encoded, %v, as\n%s, want\n%s", err, got, c.want)
			}
			hash := sha256.Sum256(append([]byte{0}, b...)) // as RFC 6962 hashes a leaf
			if got := hex.EncodeToString(hash[:]); got != c.hash {
				t.Errorf("hash %s, want %s", got, c.hash)
			}
			back, err := DecodeLeaf(b)
			if diff := cmp.Diff(c.leaf, back); err != nil || diff != "" {
				t.Errorf("decoded, %v: %s", err, diff)
			}
			for _, spoilt := range [][]byte{nil, b[1:], b[:len(b)-1], append([]byte{3}, b[1:]...), append([]byte{3 - b[0]}, b[1:]...), append(b[:len(b):len(b)], 0)} {
				if _, err := DecodeLeaf(spoilt); err == nil {
					t.Errorf("%x was taken", spoilt)
				}
			}
		})
	}
	t.Run("what there is no room for is refused", func(t *testing.T) {
		t.Parallel()
		for name, spoil := range map[string]func(e *Entry){
			"an id": func(e *Entry) { e.TeamID = "桂鹤" }, "upper case": func(e *Entry) { e.ID = strings.ToUpper(e.ID) }, "a kind": func(e *Entry) { e.Kind = "gift" },
			"a grade": func(e *Entry) { e.Verification = "" }, "a title": func(e *Entry) { e.Title = strings.Repeat("长", 30_000) },
		} {
			l := aLeaf()
			spoil(&l.Entry)
			if _, err := l.Encode(); err == nil {
				t.Errorf("%s was encoded", name)
			}
		}
	})
}

// FuzzLeaf looks for bytes that decode to a leaf which is encoded as others.
func FuzzLeaf(f *testing.F) {
	b, err := aLeaf().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	settling := aLeaf()
	settling.Entry.SettlesOn = DayOn(2026, 11, 29)
	if b, err = settling.Encode(); err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := DecodeLeaf(b)
		if err != nil {
			return
		}
		again, err := l.Encode()
		if err != nil || string(again) != string(b) {
			t.Errorf("%x decodes to %+v, which is encoded, %v, as %x", b, l, err, again)
		}
	})
}
