package domain

import (
	"slices"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// Candidate is a companion parent who has room for a child.
type Candidate struct {
	CompanionID string
	VolunteerID string
	RegionPath  string // where she wants to help
	Sex         string // female | male; empty: not known
	Offers      []string
	Open        int // children she has
	Free        int // how many more she may have
}

// Past is what was between a child and a companion parent before.
type Past int

// The pasts. Of two that apply the later one here counts.
const (
	PastNothing Past = iota
	PastFormer       // she stood by the child, and it ended well or for outer reasons
	PastRefused      // an officer, a guardian, she herself or the child said no, or it did not suit
)

// What a pair costs: the less, the better it is. What is near counts most: a visit that is
// easy is a visit that happens. Only the differences mean anything.
const (
	costTownship  = 100 // another village of the township
	costCounty    = 300 // another township
	costCoversIt  = 150 // she helps anywhere in a region around the child's
	costEachChild = 80  // for each child that she has
	costNeed      = 40  // for each need that she does not offer
	costNeedTold  = 20  // the same of who has not said what she offers
	costOtherSex  = 400 // not as wished, where that is let pass
	gainFormer    = 500 // she has stood by this child before
)

// The words for why a pair is good, and why there is none.
const (
	WhyVillage  = "same_village"
	WhyTownship = "same_township"
	WhyCounty   = "same_county"
	WhyCovers   = "helps_anywhere"
	WhyFormer   = "former"
	WhyWished   = "sex_as_wished"
	WhyOtherSex = "sex_not_as_wished"
	WhyFirst    = "no_child_yet"
	WhyOffers   = "offers_" // and the need

	NoneFree    = "none_free"    // nobody in the region has room
	NoneOfSex   = "none_of_sex"  // nobody of the sex that is wished for
	NoneLeft    = "none_left"    // all who might suit go better with another child
	NoneRefused = "none_refused" // with all who might suit it was refused before
)

// Weigh returns what a child with a companion parent costs as her nth child more (from 0),
// and why it is good; ok is false for a pair that must not be, with the word for why.
func Weigh(c Child, with Candidate, nth int, past Past, relaxSex bool) (cost int32, reasons []string, ok bool) {
	wished := c.CompanionSex == "" || c.CompanionSex == "any" || c.CompanionSex == with.Sex
	switch {
	case !wished && !relaxSex:
		return 0, []string{NoneOfSex}, false
	case past == PastRefused:
		return 0, []string{NoneRefused}, false
	}
	near, word := nearness(c.RegionPath, with.RegionPath)
	cost, reasons = gainFormer+near, []string{word}
	if past == PastFormer {
		cost, reasons = cost-gainFormer, append(reasons, WhyFormer)
	}
	switch {
	case !wished:
		cost, reasons = cost+costOtherSex, append(reasons, WhyOtherSex)
	case c.CompanionSex == "female" || c.CompanionSex == "male":
		reasons = append(reasons, WhyWished)
	}
	for _, need := range c.Needs {
		switch {
		case slices.Contains(with.Offers, need):
			reasons = append(reasons, WhyOffers+need)
		case len(with.Offers) == 0:
			cost += costNeedTold
		default:
			cost += costNeed
		}
	}
	if load := with.Open + nth; load == 0 {
		reasons = append(reasons, WhyFirst)
	} else {
		cost += int32(load) * costEachChild //nolint:gosec // a handful
	}
	return cost, reasons, true
}

// nearness is what the way between two places costs. Addresses are sealed, so it is the
// tree of regions that tells: city, county, township, village.
func nearness(child, companion string) (cost int32, word string) {
	const village, township = 4, 3
	common := CommonLevels(child, companion)
	switch {
	case common >= village:
		return 0, WhyVillage
	case strings.HasPrefix(child, companion):
		return costCoversIt, WhyCovers
	case common == township:
		return costTownship, WhyTownship
	}
	return costCounty, WhyCounty
}

// CommonLevels returns how many levels two regions have in common, from the city down.
func CommonLevels(one, other string) (n int) {
	a, b := strings.Split(strings.TrimSuffix(one, "/"), "/"), strings.Split(strings.TrimSuffix(other, "/"), "/")
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// MatchingRun is one look at who waits and who has room.
type MatchingRun struct {
	ID         string
	RegionPath string
	RelaxSex   bool
	ByID       string
	At         time.Time
	Children   int
	Places     int
	Pairs      int
	Total      int64
	Millis     int
}

// MatchedPair is a pair that a run suggests, or a child for whom there is none.
type MatchedPair struct {
	ID          string
	RunID       string
	ChildID     string
	CompanionID string // empty: nobody
	Cost        int32
	Reasons     []string
	Decision    string // PairAccepted | PairRefused; empty: not decided
	Reason      string // why it was refused
	DecidedBy   string
	DecidedAt   time.Time
	PairingID   string // what was proposed
	N           int64  // its place in the run
}

// How a pair is decided.
const (
	PairAccepted = "accepted"
	PairRefused  = "refused"
)

// PairRefusals are the words for why a pair is refused: it is not suggested again.
var PairRefusals = []string{"known_conflict", "too_far", "family_would_not", "not_suited", "other"}

// What can be wrong with matching.
var (
	ErrNoRun       = apperr.New(apperr.NotFound, "no_such_run", "没有这次配对，或者不在您的管辖范围内。", "There is no such run, or it is not one of yours.")
	ErrNoPair      = apperr.New(apperr.NotFound, "no_such_pair", "没有这一对，或者不在您的管辖范围内。", "There is no such pair, or it is not one of yours.")
	ErrPairDecided = apperr.New(apperr.Conflict, "pair_decided", "这一对已经有人处理过了，请刷新。", "Somebody has decided this pair already; please reload.")
	ErrPairReason  = apperr.New(apperr.Invalid, "pair_reason", "请选一个原因。", "Please choose a reason.")
	ErrMatchingBig = apperr.New(apperr.Invalid, "matching_too_many", "一次最多 3000 个孩子、6000 个名额，请按县区分开配。", "At most 3,000 children and 6,000 places at once; please go county by county.")
	ErrOffers      = apperr.New(apperr.Invalid, "companion_offers", "请从列表里选。", "Please choose from the list.")
)

// Refuse says no to a pair, with a reason.
func (p MatchedPair) Refuse(reason, by string, now time.Time) (MatchedPair, error) {
	switch {
	case p.CompanionID == "":
		return p, ErrNoPair
	case p.Decision != "":
		return p, ErrPairDecided
	case !slices.Contains(PairRefusals, reason):
		return p, apperr.For("reason", ErrPairReason)
	}
	p.Decision, p.Reason, p.DecidedBy, p.DecidedAt = PairRefused, reason, by, now
	return p, nil
}

// Accept notes that a pair was proposed as a pairing.
func (p MatchedPair) Accept(pairingID, by string, now time.Time) (MatchedPair, error) {
	switch {
	case p.CompanionID == "":
		return p, ErrNoPair
	case p.Decision != "":
		return p, ErrPairDecided
	}
	p.Decision, p.PairingID, p.DecidedBy, p.DecidedAt = PairAccepted, pairingID, by, now
	return p, nil
}

// NewMatchedPair is a line of a run.
func NewMatchedPair(runID, childID, companionID string, cost int32, reasons []string) MatchedPair {
	return MatchedPair{ID: id.New(), RunID: runID, ChildID: childID, CompanionID: companionID, Cost: cost, Reasons: reasons}
}
