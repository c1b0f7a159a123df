package app

import (
	"context"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// What keeps a record from being sent, as a page and a list say it.
const (
	noConsent  = "no_consent"  // its person did not agree, which is theirs to say
	noGuardian = "no_guardian" // a minor whose guardian did not agree to Qihe itself
	lacksField = "lacks"       // a required field is empty
	wrongField = "wrong"       // a field cannot be right
	notSettled = "not_settled" // may still be objected to
	inQuestion = "in_question" // somebody asked about it, and it is not decided
	ofPerson   = "of_person"   // its person's basic information is not complete
	wasRefused = "refused"     // refused, and not mended since
	cannotTell = "cannot_tell" // was sent, changed since, and its person agrees no longer
)

// whoMends puts first what an officer can mend, then what the days of publicity
// or a decision bring, last what is its person's to say.
var whoMends = map[string]int{inQuestion: 1, notSettled: 1, cannotTell: 2, noConsent: 3}

// NationalProblem is one record that is not sent, and why.
type NationalProblem struct {
	Group       domain.NationalGroup
	Code        string
	Field       string // with lacks and wrong
	Reason      string // with refused: what was said
	VolunteerID string
	TeamID      string
	TeamName    string
	Number      string // volunteer number
	SubjectID   string
	About       string // the service, training or honour
	Day         string
}

// NationalCounts says of a group how many records there are, and how they stand.
type NationalCounts struct {
	Group                              domain.NationalGroup
	Total, New, Changed, Withdrawn, As int // As: sent as they are now
	Held                               int // kept back by a problem
}

// judgement is what there is to send, and what not and why.
type judgement struct {
	mapping  domain.NationalMapping
	counts   map[domain.NationalGroup]*NationalCounts
	rows     []domain.NationalRow
	problems []NationalProblem
	byTeam   map[string]map[string]int // by brigade and code
	byCode   map[string]int
	again    bool

	persons map[string]*nationalPerson // by record
	goes    map[string]bool            // whose basic information is sent now
	pasts   map[pastKey]store.Past
	today   domain.Day
	regions *names
}

type pastKey struct {
	group   domain.NationalGroup
	subject string
}

type nationalPerson struct {
	people.Record
	inScope bool
	problem string // first thing that keeps all of theirs back
	field   string
}

// mostProblems bounds what is listed one by one; counted are all.
const mostProblems = 100_000

// judge compares all that there is of a region with what was sent of it. It asks teams
// for everybody, but for nobody's identity.
func (a *App) judge(ctx context.Context, s store.NationalScope, again bool) (*judgement, error) {
	j := &judgement{
		counts: map[domain.NationalGroup]*NationalCounts{}, byTeam: map[string]map[string]int{}, byCode: map[string]int{}, again: again,
		persons: map[string]*nationalPerson{}, goes: map[string]bool{}, pasts: map[pastKey]store.Past{}, today: s.Today, regions: a.names,
	}
	for _, g := range domain.NationalGroups {
		j.counts[g] = &NationalCounts{Group: g}
	}
	var served []string
	err := a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		versions, err := store.ListMappings(ctx, q)
		if err != nil {
			return err
		}
		j.mapping = versions[0]
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		all, err := store.ListPasts(ctx, q, a.papers, s.Now)
		if err != nil {
			return err
		}
		for _, p := range all {
			j.pasts[pastKey{p.Group, p.SubjectID}] = p
		}
		served, err = store.ListServed(ctx, q, s)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := a.askPeople(ctx, j, s, served); err != nil {
		return nil, err
	}
	j.judgePeople()
	j.judgeNotes(s)
	err = a.db.InSnapshot(ctx, func(q postgres.Querier) error {
		if err := allowLongRead(ctx, q); err != nil {
			return err
		}
		return store.EachNationalLine(ctx, q, a.papers, s, func(l store.NationalLine) error {
			j.judgeLine(l)
			return nil
		})
	})
	j.inOrder()
	return j, err
}

// askPeople asks for who is or was in a brigade of the region, then for who served
// there besides, then for those of whom something was sent.
func (a *App) askPeople(ctx context.Context, j *judgement, s store.NationalScope, served []string) error {
	query := people.RecordsQuery{RegionPath: s.RegionPath, Fields: j.mapping.Sheet(domain.NationalBasic).Fields()}
	for {
		answer, err := a.people.Records(ctx, query)
		if err != nil {
			return err
		}
		j.meet(answer.Items, true)
		if query.After = answer.Next; answer.Next == "" {
			break
		}
	}
	query.RegionPath = ""
	ask := func(ids []string, inScope bool) error {
		slices.Sort(ids)
		for some := range slices.Chunk(slices.Compact(ids), people.MaxAsk) {
			query.IDs = some
			answer, err := a.people.Records(ctx, query)
			if err != nil {
				return err
			}
			j.meet(answer.Items, inScope)
		}
		return nil
	}
	if err := ask(j.unmet(served), true); err != nil {
		return err
	}
	var others []string
	for _, p := range j.pasts {
		others = append(others, p.VolunteerID)
	}
	return ask(j.unmet(others), false)
}

func (j *judgement) unmet(ids []string) (missing []string) {
	for _, id := range ids {
		if j.persons[id] == nil {
			missing = append(missing, id)
		}
	}
	return missing
}

func (j *judgement) meet(records []people.Record, inScope bool) {
	sheet := j.mapping.Sheet(domain.NationalBasic)
	for _, r := range records {
		p := &nationalPerson{Record: r, inScope: inScope}
		switch {
		case r.Erased:
			p.problem = noConsent
		case r.Waits:
			p.problem = noGuardian
		case !r.Agreed:
			p.problem = noConsent
		case len(r.Wrong) > 0:
			p.problem, p.field = wrongField, r.Wrong[0]
		default:
			for _, f := range sheet.Requires() {
				if p.problem == "" && slices.Contains(r.Lacks, f) {
					p.problem, p.field = lacksField, f
				}
			}
		}
		j.persons[r.VolunteerID] = p
	}
}
