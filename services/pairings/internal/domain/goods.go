package domain

import (
	"crypto/rand"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Batch is goods for many: 母亲邮包, gifts for a holiday.
type Batch struct {
	ID         string
	RegionCode string
	RegionPath string
	Kind       string // parcel | gift | other
	Title      string
	Donor      string // an organisation; empty: the federation's own
	MadeBy     string
	MadeAt     time.Time
	CountedIn  int // pieces that came in
	Bagged     int // of these packed
	Handed     int // of these given out
	Got        int // of these acknowledged
	Missing    int // given out longer than MissingAfter ago and not acknowledged
}

// MissingAfter is how long a bag that was given out may go without being acknowledged.
const MissingAfter = 14 * 24 * time.Hour

// BagsAtOnce is how many bags are packed in one go: a sheaf of labels.
const BagsAtOnce = 500

// NewBatch is what somebody says of a batch.
type NewBatch struct{ RegionCode, Kind, Title, Donor string }

// What can be wrong with goods.
var (
	ErrNoBatch     = apperr.New(apperr.NotFound, "no_such_batch", "没有这批物资，或者不在您的管辖范围内。", "There is no such batch, or it is not one of yours.")
	ErrNoBag       = apperr.New(apperr.NotFound, "no_such_bag", "没有这个袋码，请对着标签再看一遍。", "There is no bag with this code; please look at the label again.")
	ErrBatchTitle  = apperr.New(apperr.Invalid, "batch_title", "请写这批物资叫什么，40 字以内。", "Please name the batch, in at most 40 characters.")
	ErrBatchDonor  = apperr.New(apperr.Invalid, "batch_donor", "捐赠单位请写在 40 字以内。", "The donor takes at most 40 characters.")
	ErrCountPieces = apperr.New(apperr.Invalid, "count_pieces", "请写件数；更正写负数，并写明原因。", "Please give the number of pieces; a correction is negative and has a note.")
	ErrGoodsShort  = apperr.New(apperr.Conflict, "goods_short", "库里没有这么多：装袋的不能比清点入库的多。请先清点入库，或者少装一些。", "There are not so many: no more can be packed than was counted in.")
	ErrBagState    = apperr.New(apperr.Conflict, "bag_state", "这个袋子还没有从库里发出，不能签收。", "This bag has not been given out yet, so nobody can have got it.")
	ErrPurposeText = apperr.New(apperr.Invalid, "export_purpose", "请写导出来做什么，4 到 200 字。", "Please say in 4 to 200 characters what for.")
)

// Make checks what is said of a batch and returns it.
func (n NewBatch) Make(region KnownRegion, by string, now time.Time) (Batch, error) {
	n.Title, n.Donor = strings.TrimSpace(n.Title), strings.TrimSpace(n.Donor)
	if !within(n.Title, 40) {
		return Batch{}, apperr.For("title", ErrBatchTitle)
	}
	if n.Donor != "" && !within(n.Donor, 40) {
		return Batch{}, apperr.For("donor", ErrBatchDonor)
	}
	return Batch{ID: id.New(), RegionCode: region.Code, RegionPath: region.Path, Kind: n.Kind, Title: n.Title, Donor: n.Donor, MadeBy: by, MadeAt: now}, nil
}

// Count is a line of what came into the store.
type Count struct {
	ID        string
	BatchID   string
	Pieces    int // negative: a correction
	Note      string
	CountedBy string
	CountedAt time.Time
}

// Count checks a line of what came in.
func (b Batch) Count(pieces int, note, by string, now time.Time) (Count, error) {
	note = strings.TrimSpace(note)
	if pieces == 0 || pieces < 0 && note == "" || note != "" && !within(note, 100) {
		return Count{}, apperr.For("pieces", ErrCountPieces)
	}
	return Count{ID: id.New(), BatchID: b.ID, Pieces: pieces, Note: note, CountedBy: by, CountedAt: now}, nil
}

// Bag is one piece with a code on it.
type Bag struct {
	ID         string
	BatchID    string
	Number     int
	Code       string
	RegionCode string // where it goes
	RegionPath string
	PackedBy   string
	PackedAt   time.Time
	HandedBy   string
	HandedAt   time.Time // zero: still in the store
	GotBy      string
	GotAt      time.Time // zero: not acknowledged
}

// Bags packs so many bags for a place, without their numbers.
func (b Batch) Bags(n int, region KnownRegion, by string, now time.Time) []Bag {
	bags := make([]Bag, n)
	for i := range bags {
		bags[i] = Bag{ID: id.New(), BatchID: b.ID, Code: newBagCode(), RegionCode: region.Code, RegionPath: region.Path, PackedBy: by, PackedAt: now}
	}
	return bags
}

// bagLetters are those that nobody mistakes for another: no 0 O 1 I.
const bagLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// newBagCode returns ten letters, fifty bits.
func newBagCode() string {
	random := make([]byte, 10)
	_, _ = rand.Read(random) // it never fails
	for i, r := range random {
		random[i] = bagLetters[int(r)%len(bagLetters)]
	}
	return string(random)
}

// BagCode returns a code as it is kept from how somebody typed it.
func BagCode(typed string) string { return tidy(strings.ReplaceAll(typed, "-", "")) }

// Hand notes that a bag was given out. Twice changes nothing.
func (b Bag) Hand(by string, now time.Time) Bag {
	if b.HandedAt.IsZero() {
		b.HandedBy, b.HandedAt = by, now
	}
	return b
}

// Acknowledge notes that the family has a bag. Twice changes nothing.
func (b Bag) Acknowledge(by string, now time.Time) (Bag, error) {
	if b.HandedAt.IsZero() {
		return b, ErrBagState
	}
	if b.GotAt.IsZero() {
		b.GotBy, b.GotAt = by, now
	}
	return b, nil
}

// ExportPurpose checks what a list is taken out for.
func ExportPurpose(text string) (string, error) {
	text = strings.TrimSpace(text)
	if len([]rune(text)) < 4 || !within(text, 200) {
		return "", apperr.For("purpose", ErrPurposeText)
	}
	return text, nil
}
