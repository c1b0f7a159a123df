package app

import (
	"cmp"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/people"
)

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
