package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

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

// judgePeople decides about the basic information of everybody, once for each person.
func (j *judgement) judgePeople() {
	for _, id := range domain.SortedCodes(j.persons) {
		p := j.persons[id]
		past := j.pasts[pastKey{domain.NationalBasic, id}]
		merged := p.PersonID != p.VolunteerID
		if p.Erased || !p.inScope && !merged || merged && !past.There() {
			continue
		}
		subject := nationalSubject{group: domain.NationalBasic, id: id, volunteerID: p.PersonID, teamID: p.TeamID, past: past}
		if !merged {
			subject.digest = p.Digest
			j.counts[domain.NationalBasic].Total++
		}
		j.decide(subject, p)
	}
}

// judgeNotes decides about trainings, honours and complaints.
func (j *judgement) judgeNotes(s store.NationalScope) {
	seen := map[pastKey]bool{}
	for _, id := range domain.SortedCodes(j.persons) {
		p := j.persons[id]
		if p.Erased || p.PersonID != p.VolunteerID {
			continue
		}
		for _, n := range p.Notes {
			group := domain.NationalGroup(n.Group)
			key := pastKey{group, n.ID}
			seen[key] = true
			day, ok := domain.ParseDay(n.Day)
			if !ok || !p.inScope || day < s.First || day > s.Last {
				continue
			}
			values := noteValues(n, p.Number)
			j.counts[group].Total++
			j.decide(nationalSubject{
				group: group, id: n.ID, volunteerID: id, teamID: cmp.Or(n.TeamID, p.TeamID), digest: domain.NationalDigest(j.mapping.Sheet(group), values),
				past: j.pasts[key], values: values, about: cmp.Or(n.Values["title"], n.Values["team"]), day: n.Day,
			}, p)
		}
	}
	for key, past := range j.pasts { // withdrawn since
		if key.group == domain.NationalBasic || seen[key] || !past.There() {
			continue
		}
		if p := j.persons[past.VolunteerID]; p != nil && !p.Erased {
			j.decide(nationalSubject{group: key.group, id: key.subject, volunteerID: p.PersonID, teamID: past.TeamID, past: past}, p)
		}
	}
}

func noteValues(n people.RecordNote, number string) map[string]string {
	values := map[string]string{"number": number, "record": n.ID, "day": n.Day}
	for f, value := range n.Values {
		if f == "minutes" {
			f = "hours"
		}
		values[f] = value
	}
	return values
}

// lineValues are the fields of a service.
func (n *names) lineValues(l store.NationalLine, number string) map[string]string {
	return map[string]string{
		"number": number, "record": l.SubjectID, "title": l.Title, "programme": n.name(domain.Programme, l.ProgrammeID), "team": n.name(domain.Team, l.TeamID),
		"region": n.regionName(l.RegionPath), "day": domain.DayOf(l.From).String(), "start": l.From.Format(time.RFC3339), "end": l.To.Format(time.RFC3339),
		"hours": strconv.Itoa(l.Minutes), "minutes": strconv.Itoa(l.Minutes), "proof": domain.ProofWords[l.Proof],
	}
}

func (j *judgement) judgeLine(l store.NationalLine) {
	p := j.persons[l.VolunteerID]
	if p == nil || p.Erased || l.Gone() && !l.There() {
		return
	}
	subject := nationalSubject{
		group: domain.NationalService, id: l.SubjectID, volunteerID: p.PersonID, teamID: l.TeamID, past: l.Past, about: l.Title, minutes: l.Minutes,
	}
	if !l.Gone() {
		subject.day = domain.DayOf(l.From).String()
		j.counts[domain.NationalService].Total++
		switch {
		case l.InQuestion:
			j.problem(subject, p, inQuestion, "", "")
			return
		case !l.Settled:
			j.problem(subject, p, notSettled, "", "")
			return
		}
		if p.problem != "" && !l.There() { // most lines, while few have agreed: nothing of them need be worked out
			j.problem(subject, p, ofLine(p), p.field, "")
			return
		}
		subject.values = j.regions.lineValues(l, p.Number)
		subject.digest = domain.NationalDigest(j.mapping.Sheet(domain.NationalService), subject.values)
	}
	j.decide(subject, p)
}

// nationalSubject is a record that may be sent.
type nationalSubject struct {
	group       domain.NationalGroup
	id          string
	volunteerID string
	teamID      string
	digest      []byte // nil: nothing is left of it
	minutes     int
	past        store.Past
	values      map[string]string // nil of basic information
	about, day  string
}

// decide adds a row for the subject, or a problem, or counts it as sent.
func (j *judgement) decide(s nationalSubject, p *nationalPerson) {
	again := j.again || s.group != domain.NationalBasic && j.goes[s.volunteerID]
	change, waits := s.past.Next(s.digest, again)
	switch {
	case change == "" && !waits:
		if s.digest != nil {
			j.counts[s.group].As++
		}
	case p.problem == noConsent && s.past.There():
		j.problem(s, p, cannotTell, "", "")
	case p.problem != "" && s.group == domain.NationalBasic:
		j.problem(s, p, p.problem, p.field, "")
	case p.problem != "":
		j.problem(s, p, ofLine(p), p.field, "")
	case waits:
		j.problem(s, p, wasRefused, "", s.past.Reason)
	default:
		if field := j.mapping.Sheet(s.group).Lacks(withIdentity(s.values)); s.values != nil && field != "" {
			j.problem(s, p, lacksField, field, "")
			return
		}
		j.send(s, change)
	}
}

// ofLine says what keeps everything else of a person back.
func ofLine(p *nationalPerson) string {
	if p.problem == noConsent || p.problem == noGuardian {
		return p.problem
	}
	return ofPerson
}

// withIdentity counts what teams adds to a row as there.
func withIdentity(values map[string]string) map[string]string {
	if values == nil {
		return nil
	}
	whole := map[string]string{"name": "1", "id_kind": "1", "id_number": "1", "row": "1", "change": "1"}
	for f, value := range values {
		whole[f] = value
	}
	return whole
}

func (j *judgement) send(s nationalSubject, change domain.NationalChange) {
	row := domain.NationalRow{
		Group: s.group, SubjectID: s.id, Revision: s.past.Revision + 1, VolunteerID: s.volunteerID, TeamID: s.teamID, Change: change, Digest: s.digest,
		Minutes: s.minutes, State: domain.NationalSent,
	}
	count := j.counts[s.group]
	switch change {
	case domain.NationalNew:
		count.New++
	case domain.NationalChanged:
		count.Changed++
	case domain.NationalWithdrawn:
		count.Withdrawn++
		row.Digest = domain.WithdrawnDigest(s.id)
	}
	if s.group == domain.NationalBasic {
		j.goes[s.id] = true
	}
	if len(j.rows) < domain.MostNationalRows {
		j.rows = append(j.rows, row)
	}
}

func (j *judgement) problem(s nationalSubject, p *nationalPerson, code, field, reason string) {
	j.counts[s.group].Held++
	j.byCode[code]++
	if j.byTeam[s.teamID] == nil {
		j.byTeam[s.teamID] = map[string]int{}
	}
	j.byTeam[s.teamID][code]++
	listed := s.group == domain.NationalBasic || code != noConsent && code != noGuardian && code != ofPerson // else once, with the person
	if listed && len(j.problems) < mostProblems {
		j.problems = append(j.problems, NationalProblem{
			Group: s.group, Code: code, Field: field, Reason: reason, VolunteerID: s.volunteerID, TeamID: s.teamID, Number: p.Number, SubjectID: s.id,
			About: s.about, Day: s.day,
		})
	}
}

// inOrder numbers the rows of each sheet, and sorts what is not sent by who can
// do something about it, and by brigade.
func (j *judgement) inOrder() {
	places := map[domain.NationalGroup]int{}
	slices.SortStableFunc(j.rows, func(x, y domain.NationalRow) int {
		return cmp.Compare(slices.Index(domain.NationalGroups, x.Group), slices.Index(domain.NationalGroups, y.Group))
	})
	for i := range j.rows {
		places[j.rows[i].Group]++
		j.rows[i].Place = places[j.rows[i].Group]
	}
	slices.SortStableFunc(j.problems, func(x, y NationalProblem) int {
		return cmp.Or(cmp.Compare(whoMends[x.Code], whoMends[y.Code]), cmp.Compare(j.regions.name(domain.Team, x.TeamID), j.regions.name(domain.Team, y.TeamID)),
			cmp.Compare(slices.Index(domain.NationalGroups, x.Group), slices.Index(domain.NationalGroups, y.Group)), cmp.Compare(x.Code, y.Code), cmp.Compare(x.Number, y.Number), cmp.Compare(x.Day, y.Day))
	})
}

// total returns how many rows there are to send, listed or not.
func (j *judgement) total() (n int) {
	for _, c := range j.counts {
		n += c.New + c.Changed + c.Withdrawn
	}
	return n
}
