package app

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// ReadRecords returns a page of what the national system is told of people, for
// another service behind the internal secret. Whose basic information is given
// has agreed to it, and it is recorded for each of them; without Values nothing
// says who somebody is.
func (a *App) ReadRecords(ctx context.Context, asked people.RecordsQuery) (people.RecordsAnswer, error) {
	if len(asked.IDs) > people.MaxAsk {
		return people.RecordsAnswer{}, errAsksTooMany
	}
	answer := people.RecordsAnswer{Items: []people.Record{}}
	err := a.db.InTx(ctx, func(q postgres.Querier) error {
		known, teamOf, err := a.askedFor(ctx, q, asked)
		if err != nil {
			return err
		}
		if len(asked.IDs) == 0 && len(known) == people.MaxAsk {
			answer.Next = known[len(known)-1].ID
		}
		if answer.Items, err = a.recordsOf(ctx, q, known, asked); err != nil {
			return err
		}
		var told []domain.Record
		for i := range answer.Items {
			one := &answer.Items[i]
			one.TeamID = teamOf[one.VolunteerID]
			if one.Values != nil {
				told = append(told, domain.NewRecord(asked.ReaderID, "volunteer.record-sent", "volunteer", one.PersonID, a.clock.Now()).About(one.PersonID).Because(asked.Reason))
			}
		}
		return store.InsertRecords(ctx, q, told)
	})
	return answer, err
}

func (a *App) askedFor(ctx context.Context, q postgres.Querier, asked people.RecordsQuery) ([]KnownPerson, map[string]string, error) {
	if len(asked.IDs) > 0 {
		found, err := store.FindVolunteers(ctx, q, a.vault, slices.DeleteFunc(slices.Clone(asked.IDs), func(one string) bool { return !id.Valid(one) }))
		if err != nil {
			return nil, nil, err
		}
		known, err := a.withSurvivors(ctx, q, found)
		return known, nil, err
	}
	if asked.RegionPath == "" || asked.After != "" && !id.Valid(asked.After) {
		return nil, nil, nil
	}
	list, err := store.ListRegionVolunteers(ctx, q, a.vault, asked.RegionPath, store.Page{After: asked.After, Limit: people.MaxAsk})
	if err != nil {
		return nil, nil, err
	}
	known, teamOf := make([]KnownPerson, len(list)), map[string]string{}
	for i, v := range list {
		known[i].Volunteer, teamOf[v.ID] = v.Volunteer, v.TeamID
	}
	return known, teamOf, nil
}

func (a *App) recordsOf(ctx context.Context, q postgres.Querier, known []KnownPerson, asked people.RecordsQuery) ([]people.Record, error) {
	persons := make([]domain.Volunteer, len(known))
	ids := make([]string, len(known))
	for i, k := range known {
		persons[i] = k.Volunteer
		if k.Survivor != nil {
			persons[i] = *k.Survivor
		}
		ids[i] = persons[i].ID
	}
	skills, err := store.FindSkillNames(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	notes, err := notesOf(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	records := make([]people.Record, len(known))
	for i, v := range persons {
		r := people.Record{VolunteerID: known[i].ID, PersonID: v.ID, Number: v.Number, Erased: v.State == domain.VolunteerErased}
		if known[i].Survivor != nil {
			r.OwnNumber = known[i].Number
		}
		if !r.Erased {
			told := domain.NewNationalRecord(v, skills[v.ID]).Of(asked.Fields)
			r.Agreed, r.Waits, r.Notes = v.NationalConsent, v.State == domain.VolunteerWaiting, notes[v.ID]
			r.Lacks, r.Wrong, r.Digest = told.Lacks(), told.Wrong(), a.vault.BlindIndex("national_record", told.Line())
			if asked.Values && r.Agreed && !r.Waits {
				r.Values = told
			}
		}
		records[i] = r
	}
	return records, nil
}

func notesOf(ctx context.Context, q postgres.Querier, ids []string) (map[string][]people.RecordNote, error) {
	trainings, honours, complaints, err := store.FindNotes(ctx, q, ids)
	if err != nil {
		return nil, err
	}
	notes := map[string][]people.RecordNote{}
	for _, t := range trainings {
		notes[t.VolunteerID] = append(notes[t.VolunteerID], people.RecordNote{ID: t.ID, Group: people.TrainingNote, Day: t.HeldOn.Format(time.DateOnly), Values: map[string]string{
			"title": t.Title, "organiser": t.Organiser, "minutes": strconv.Itoa(t.Minutes), "certificate_number": t.CertificateNumber,
		}})
	}
	for _, h := range honours {
		notes[h.VolunteerID] = append(notes[h.VolunteerID], people.RecordNote{ID: h.ID, Group: people.HonourNote, Day: h.AwardedOn.Format(time.DateOnly), Values: map[string]string{
			"title": h.Title, "level": h.Level, "issuer": h.Issuer, "document_number": h.DocumentNumber,
		}})
	}
	for _, n := range complaints {
		c := n.Complaint
		notes[c.VolunteerID] = append(notes[c.VolunteerID], people.RecordNote{ID: c.ID, Group: people.ComplaintNote, Day: c.DecidedAt.In(clock.City).Format(time.DateOnly), TeamID: c.TeamID, Values: map[string]string{
			"team": n.TeamName, "happened_on": c.HappenedOn.Format(time.DateOnly), "result": string(c.State), "handling": c.Reason,
		}})
	}
	return notes, nil
}
