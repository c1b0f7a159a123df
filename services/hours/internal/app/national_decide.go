package app

import (
	"cmp"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
)

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
