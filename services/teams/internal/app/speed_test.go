package app_test

import (
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/people"
)

func BenchmarkLookUpSession(b *testing.B) {
	w := given.New(b)
	v := w.Volunteer(b)
	w.Grant(b, v)
	_, secret, err := w.App.SignIn(b.Context(), string(v.Phone), w.Code(b, v.Phone))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := w.App.LookUpSession(b.Context(), secret); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFindPeople(b *testing.B) {
	w := given.New(b)
	ids := make([]string, people.MaxAsk)
	for i := range ids {
		ids[i] = w.Volunteer(b).ID
	}
	for b.Loop() {
		if found, err := w.App.FindPeople(b.Context(), ids); err != nil || len(found) != len(ids) {
			b.Fatal(len(found), err)
		}
	}
}

func BenchmarkListMembers(b *testing.B) {
	w := given.New(b)
	team, leader := w.Team(b), w.Volunteer(b)
	w.Member(b, team, leader, domain.RoleLeader)
	for range 59 {
		w.Member(b, team, w.Volunteer(b), domain.RoleMember)
	}
	ctx := given.As(b, leader)
	for b.Loop() {
		if _, _, err := w.App.ListMembers(ctx, team.ID, "", 50, ""); err != nil {
			b.Fatal(err)
		}
	}
}
