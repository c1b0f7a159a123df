package domain_test

import (
	"errors"
	"testing"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/shared/apperr"
)

func TestNewTraining(t *testing.T) {
	t.Parallel()
	good := domain.TrainingDraft{Title: " 急救培训 ", Organiser: "市红十字会", HeldOn: "2026-11-23", Minutes: 240}
	if tr, err := domain.NewTraining("t", "v", "officer", good, paperDay); err != nil || tr.Title != "急救培训" || tr.RecordedBy != "officer" {
		t.Error(tr, err)
	}
	if _, err := domain.NewTraining("t", "v", "v", good, paperDay); !errors.Is(err, domain.ErrOwnRecord) {
		t.Error(err)
	}
	for field, c := range map[string]struct {
		mod  func(*domain.TrainingDraft)
		want error
	}{
		"title":     {func(d *domain.TrainingDraft) { d.Title = " " }, domain.ErrBlank},
		"organiser": {func(d *domain.TrainingDraft) { d.Organiser = "" }, domain.ErrBlank},
		"minutes":   {func(d *domain.TrainingDraft) { d.Minutes = 0 }, domain.ErrMinutes},
		"held_on":   {func(d *domain.TrainingDraft) { d.HeldOn = "2026-11-24" }, domain.ErrDayAhead},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			d := good
			c.mod(&d)
			_, err := domain.NewTraining("t", "v", "officer", d, paperDay)
			var wrong *apperr.Error
			if !errors.As(err, &wrong) || !errors.Is(err, c.want) || wrong.Fields[0].Name != field {
				t.Error(err)
			}
		})
	}
}

func TestNewHonour(t *testing.T) {
	t.Parallel()
	good := domain.HonourDraft{Title: " 最美志愿者 ", Level: "city", Issuer: "鹤壁市妇联", AwardedOn: "2026-03-05", DocumentNumber: " 鹤妇〔2026〕3号 "}
	h, err := domain.NewHonour("h", "v", "officer", good, paperDay)
	if err != nil || h.Title != "最美志愿者" || h.DocumentNumber != "鹤妇〔2026〕3号" {
		t.Error(h, err)
	}
	if _, err := domain.NewHonour("h", "v", "v", good, paperDay); !errors.Is(err, domain.ErrOwnRecord) {
		t.Error(err)
	}
	for field, mod := range map[string]func(*domain.HonourDraft){
		"title": func(d *domain.HonourDraft) { d.Title = "" }, "issuer": func(d *domain.HonourDraft) { d.Issuer = " " }, "awarded_on": func(d *domain.HonourDraft) { d.AwardedOn = "" },
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			d := good
			mod(&d)
			_, err := domain.NewHonour("h", "v", "officer", d, paperDay)
			var wrong *apperr.Error
			if !errors.As(err, &wrong) || !errors.Is(err, domain.ErrBlank) || wrong.Fields[0].Name != field {
				t.Error(err)
			}
		})
	}
	t.Run("it is withdrawn with a reason, and once", func(t *testing.T) {
		t.Parallel()
		h := h
		if _, err := h.Withdraw("officer", " ", paperDay); !errors.Is(err, domain.ErrReason) {
			t.Error(err)
		}
		if changed, err := h.Withdraw("officer", "登记错了人", paperDay); !changed || err != nil || h.WithdrawnAt != paperDay {
			t.Error(changed, err)
		}
		if changed, err := h.Withdraw("other", "又一次", paperDay); changed || err != nil || h.Reason != "登记错了人" {
			t.Error(changed, err)
		}
	})
}
