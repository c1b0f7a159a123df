package app_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/services/teams/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

func TestReadRecords(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	number := given.IDNumber("41062119650520", 122)
	agreed := w.Volunteer(t, func(v *domain.Volunteer) {
		v.IDKind, v.IDNumber, v.Sex, v.NationalConsent = domain.IDResident, number, "female", true
	})
	silent, minor, gone, officer := w.Volunteer(t), w.Minor(t, w.Volunteer(t)), w.Volunteer(t), w.Volunteer(t)
	team := w.Team(t)
	w.Grant(t, officer)
	for _, v := range []domain.Volunteer{agreed, silent, gone} {
		w.Member(t, team, v, domain.RoleMember)
	}
	if _, err := w.App.RecordHonour(given.As(t, officer, county), agreed.ID, anHonour); err != nil {
		t.Fatal(err)
	}
	gone.Erase()
	w.InTx(t, func(q postgres.Querier) error { return store.UpdateVolunteer(t.Context(), q, w.Vault, gone) })
	ask := func(q people.RecordsQuery) map[string]people.Record {
		t.Helper()
		q.Fields, q.ReaderID, q.Reason = []string{"name", "id_number", "birth", "phone"}, officer.ID, "national.exported"
		answer, err := w.App.ReadRecords(t.Context(), q)
		if err != nil || answer.Next != "" {
			t.Fatal(answer.Next, err)
		}
		byID := map[string]people.Record{}
		for _, r := range answer.Items {
			byID[r.VolunteerID] = r
		}
		return byID
	}

	got := ask(people.RecordsQuery{RegionPath: "4106/410621/"})
	if len(got) != 2 || got[agreed.ID].TeamID != team.ID || !got[agreed.ID].Agreed || got[silent.ID].Agreed {
		t.Fatalf("in the region %+v", got)
	}
	if got[agreed.ID].Values != nil || len(got[agreed.ID].Digest) != 32 {
		t.Errorf("who only looks reads %+v", got[agreed.ID])
	}
	if diff := cmp.Diff([]string{"birth", "id_number"}, got[silent.ID].Lacks); diff != "" {
		t.Errorf("lacks (-want +got):\n%s", diff)
	}
	if n := got[agreed.ID].Notes; len(n) != 1 || n[0].Day != "2026-03-05" || n[0].Values["level"] != "city" {
		t.Errorf("notes %+v", n)
	}
	if len(ask(people.RecordsQuery{RegionPath: "9999/"})) != 0 {
		t.Error("another region has people")
	}

	got = ask(people.RecordsQuery{IDs: []string{agreed.ID, silent.ID, minor.ID, gone.ID, id.New(), "x"}, Values: true})
	want := map[string]string{"name": agreed.Name, "id_number": number, "birth": "1965-05-20", "phone": string(agreed.Phone)}
	if diff := cmp.Diff(want, got[agreed.ID].Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
	if got[silent.ID].Values != nil || got[minor.ID].Values != nil || !got[minor.ID].Waits {
		t.Error("somebody who did not agree is told of")
	}
	if diff := cmp.Diff(people.Record{VolunteerID: gone.ID, PersonID: gone.ID, Number: gone.Number, Erased: true}, got[gone.ID]); diff != "" {
		t.Errorf("of the erased (-want +got):\n%s", diff)
	}
	var lines []string
	if err := w.DB.Owner(t).Select(&lines, `SELECT volunteer_id || ' ' || reason FROM audit_records WHERE actor_id = $1 AND act = 'volunteer.record-sent'`, officer.ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{agreed.ID + " national.exported"}, lines); diff != "" {
		t.Errorf("recorded (-want +got):\n%s", diff)
	}
	if _, err := w.App.ReadRecords(t.Context(), people.RecordsQuery{IDs: make([]string, people.MaxAsk+1)}); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("more than a thousand at once: %v", err)
	}
}
