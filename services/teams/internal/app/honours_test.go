package app_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	aTraining = domain.TrainingDraft{Title: "急救培训", Organiser: "市红十字会", HeldOn: "2026-05-12", Minutes: 240, CertificateNumber: "急2026-7"}
	anHonour  = domain.HonourDraft{Title: "最美志愿者", Level: "city", Issuer: "鹤壁市妇联", AwardedOn: "2026-03-05", DocumentNumber: "鹤妇〔2026〕3号"}
)

func TestRecordHonour(t *testing.T) {
	t.Parallel()
	t.Run("an officer records it, she is told and sees it; withdrawn, the line stays with the reason", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		if _, err := p.App.RecordHonour(p.asOffice, p.anne.ID, anHonour); err != nil {
			t.Fatal(err)
		}
		c, err := p.App.MyCredentials(p.asAnne)
		if err != nil || len(c.Honours) != 1 || c.Honours[0].Title != "最美志愿者" || !c.Honours[0].WithdrawnAt.IsZero() {
			t.Fatal(c.Honours, err)
		}
		for range 2 {
			if c, err = p.App.WithdrawHonour(p.asOffice, c.Honours[0].ID, "登记错了人"); err != nil {
				t.Fatal(err)
			}
		}
		if len(c.Honours) != 1 || c.Honours[0].Reason != "登记错了人" {
			t.Error(c.Honours)
		}
		if diff := cmp.Diff([]string{"您的表彰“最美志愿者”已被撤销，点开可以看详情。", "您的表彰“最美志愿者”已经登记，点开可以看详情。"}, p.notices(p.asAnne, t)); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("not one's own, not by her leader, not without a reason", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		if _, err := p.App.RecordHonour(given.As(t, p.anne, county), p.anne.ID, anHonour); !errors.Is(err, domain.ErrOwnRecord) {
			t.Error(err)
		}
		if _, err := p.App.RecordTraining(given.As(t, p.anne, county), p.anne.ID, aTraining); !errors.Is(err, domain.ErrOwnRecord) {
			t.Error(err)
		}
		leader := p.Volunteer(t)
		team := p.Team(t)
		p.Member(t, team, leader, domain.RoleLeader)
		p.Member(t, team, p.anne, domain.RoleMember)
		if _, err := p.App.RecordHonour(given.As(t, leader), p.anne.ID, anHonour); !errors.Is(err, domain.ErrNoVolunteer) {
			t.Error(err)
		}
		c, err := p.App.RecordHonour(p.asOffice, p.anne.ID, anHonour)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.App.WithdrawHonour(p.asOffice, c.Honours[0].ID, " "); !errors.Is(err, domain.ErrReason) {
			t.Error(err)
		}
		if _, err := p.App.WithdrawHonour(given.As(t, leader), c.Honours[0].ID, "不服"); !errors.Is(err, domain.ErrNoHonour) {
			t.Error(err)
		}
	})
}

func TestKeepTrainings(t *testing.T) {
	t.Parallel()
	p := givenPaperWorld(t)
	merged := p.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, p.anne.ID })
	heard := func(volunteerID, source string) domain.Training {
		return domain.Training{VolunteerID: volunteerID, Title: "代理家长岗前培训", Organiser: "浚县妇联", HeldOn: time.Date(2026, 11, 20, 0, 0, 0, 0, clock.City), Minutes: 180, Source: source}
	}
	for range 2 { // heard again after a restart
		p.InTx(t, func(q postgres.Querier) error {
			return p.App.KeepTrainings(t.Context(), q, heard(p.anne.ID, "tasks/class/1"), heard(merged.ID, "tasks/class/1"), heard(merged.ID, "tasks/class/2"))
		})
	}
	c, err := p.App.MyCredentials(p.asAnne)
	if err != nil || len(c.Trainings) != 2 {
		t.Fatal(c.Trainings, err)
	}
	if c, err = p.App.WithdrawTraining(p.asOffice, c.Trainings[0].ID, "没有来"); err != nil || c.Trainings[0].Reason != "没有来" {
		t.Error(c.Trainings, err)
	}
}

func TestMoveNotes(t *testing.T) {
	t.Parallel()
	p := givenPaperWorld(t)
	gone := p.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	for _, about := range []string{p.anne.ID, gone.ID} {
		if _, err := p.App.RecordTraining(p.asOffice, about, aTraining); err != nil {
			t.Fatal(err)
		}
		p.InTx(t, func(q postgres.Querier) error {
			return p.App.KeepTrainings(t.Context(), q, domain.Training{VolunteerID: about, Title: "同一个班", Organiser: "妇联", HeldOn: given.Day, Minutes: 60, Source: "tasks/class/1"})
		})
	}
	if _, err := p.App.RecordHonour(given.As(t, gone, county), p.anne.ID, anHonour); err != nil { // by what is her own second record
		t.Fatal(err)
	}
	merger := given.As(t, p.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"})
	if _, err := p.App.MergeVolunteers(merger, p.anne.ID, gone.ID, "registered_twice"); err != nil {
		t.Fatal(err)
	}
	c, err := p.App.MyCredentials(p.asAnne)
	if err != nil || len(c.Trainings) != 4 || len(c.Honours) != 1 {
		t.Fatal(c, err)
	}
	count := 0
	for _, tr := range c.Trainings {
		if tr.WithdrawnAt.IsZero() {
			count++
		}
	}
	if count != 3 || c.Honours[0].Reason != "合并记录时发现由本人登记" {
		t.Error(count, c.Honours)
	}
}
