package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
)

var firstAid = domain.Paper{Kind: "first_aid", Issuer: "鹤壁市红十字会", Number: "豫鹤2026-00123", IssuedOn: "2026-05-12"}

// paperWorld has a volunteer at home in the county, and its officer.
type paperWorld struct {
	*given.World
	anne, officer    domain.Volunteer
	asAnne, asOffice context.Context
}

func givenPaperWorld(t *testing.T) paperWorld {
	t.Helper()
	w := given.New(t)
	p := paperWorld{World: w, anne: w.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" }), officer: w.Volunteer(t)}
	p.asAnne, p.asOffice = given.As(t, p.anne), given.As(t, p.officer, county)
	return p
}

// claim claims a paper as somebody and returns its id.
func (p paperWorld) claim(ctx context.Context, t *testing.T, paper domain.Paper) string {
	t.Helper()
	c, err := p.App.ClaimQualification(ctx, paper)
	if err != nil {
		t.Fatal(err)
	}
	return c.Qualifications[0].ID
}

func (p paperWorld) decide(ctx context.Context, state domain.QualificationState, reason string, ids ...string) (app.Verdicts, error) {
	return p.App.DecideQualifications(ctx, app.Verdict{QualificationIDs: ids, State: state, Reason: reason})
}

// told returns the state and version of each that the others heard of.
func (p paperWorld) told(t *testing.T) []string {
	t.Helper()
	told := []string{}
	for _, e := range p.Outbox(t) {
		var f teamsv1.QualificationChanged
		if e.Subject != f.Subject() {
			continue
		}
		if err := json.Unmarshal(e.Body, &f); err != nil {
			t.Fatal(err)
		}
		told = append(told, f.State+" "+f.Kind+" of "+map[string]string{p.anne.ID: "anne", p.officer.ID: "officer"}[f.VolunteerID])
	}
	return told
}

func (p paperWorld) notices(ctx context.Context, t *testing.T) []string {
	t.Helper()
	page, err := p.App.ListNotices(ctx, "zh", 10, "")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{}
	for _, n := range page.Notices {
		texts = append(texts, n.Text(domain.Reader{Now: p.Clock.Now()}))
	}
	return texts
}

func TestClaimQualification(t *testing.T) {
	t.Parallel()
	t.Run("claimed on the phone, confirmed by an officer: she is told, and so are the services", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		f := p.claim(p.asAnne, t, firstAid)
		queue, next, err := p.App.ListWaitingQualifications(p.asOffice, "410621", 10, "")
		if err != nil || next != "" || len(queue) != 1 || queue[0].Name != p.anne.Name || queue[0].Qualification.NumberMasked() != "豫鹤********23" {
			t.Error(queue, next, err)
		}
		for range 2 { // a repeat does nothing more
			if done, err := p.decide(p.asOffice, domain.QualificationConfirmed, "", f); err != nil || done.Decided != 1 {
				t.Error(done, err)
			}
		}
		c, err := p.App.MyCredentials(p.asAnne)
		if err != nil || len(c.Qualifications) != 1 || c.Qualifications[0].State != domain.QualificationConfirmed || c.Qualifications[0].Number != firstAid.Number {
			t.Error(c.Qualifications, err)
		}
		sameLines(t, []string{"claimed first_aid of anne", "confirmed first_aid of anne"}, p.told(t))
		if diff := cmp.Diff([]string{"您的“急救员证”已经确认，点开可以看详情。"}, p.notices(p.asAnne, t)); diff != "" {
			t.Error(diff)
		}
		if queue, _, err := p.App.ListWaitingQualifications(p.asOffice, "410621", 10, ""); err != nil || len(queue) != 0 {
			t.Error(queue, err)
		}
		if n := given.Value[int](t, p.World, "SELECT count(*) FROM qualifications WHERE position('00123'::bytea IN number_sealed) = 0"); n != 1 {
			t.Error("the number can be read in the table")
		}
	})
	t.Run("refused with a reason that she reads; then she may claim again", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		f := p.claim(p.asAnne, t, firstAid)
		if _, err := p.decide(p.asOffice, domain.QualificationRefused, "", f); !errors.Is(err, domain.ErrReason) {
			t.Error(err)
		}
		if _, err := p.decide(p.asOffice, domain.QualificationRefused, "编号查不到，请核对", f); err != nil {
			t.Fatal(err)
		}
		c, err := p.App.MyCredentials(p.asAnne)
		if err != nil || c.Qualifications[0].Reason != "编号查不到，请核对" {
			t.Error(c.Qualifications, err)
		}
		p.claim(p.asAnne, t, firstAid)
	})
	t.Run("one of a kind waits at a time, and may be taken back", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		f := p.claim(p.asAnne, t, firstAid)
		if _, err := p.App.ClaimQualification(p.asAnne, firstAid); !errors.Is(err, domain.ErrQualificationWaits) {
			t.Error(err)
		}
		if c, err := p.App.WithdrawQualification(p.asAnne, f, ""); err != nil || c.Qualifications[0].State != domain.QualificationWithdrawn {
			t.Error(c, err)
		}
		p.claim(p.asAnne, t, firstAid)
		if got := p.notices(p.asAnne, t); len(got) != 0 {
			t.Errorf("told of her own doing: %v", got)
		}
	})
	t.Run("the same tap twice is one paper", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		ctx := idempotency.WithKey(p.asAnne, id.New())
		p.claim(ctx, t, firstAid)
		p.claim(ctx, t, firstAid)
	})
	t.Run("no such kind, and a record that is closed, are refused", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		paper := firstAid
		paper.Kind = "pilot"
		if _, err := p.App.ClaimQualification(p.asAnne, paper); !errors.Is(err, domain.ErrNoQualificationKind) {
			t.Error(err)
		}
		gone := p.Volunteer(t, func(v *domain.Volunteer) {
			v.Phone, v.RegionCode, v.State, v.MergedInto = "", "410621", domain.VolunteerMerged, p.anne.ID
		})
		if _, err := p.App.RecordQualification(p.asOffice, gone.ID, firstAid); !errors.Is(err, domain.ErrRecordClosed) {
			t.Error(err)
		}
	})
}

func TestDecideQualifications(t *testing.T) {
	t.Parallel()
	t.Run("of a batch what can be decided is, and the rest has its reason", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		good, own := p.claim(p.asAnne, t, firstAid), p.claim(p.asOffice, t, firstAid)
		elsewhere := p.claim(given.As(t, p.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410611" })), t, firstAid)
		done, err := p.decide(p.asOffice, domain.QualificationConfirmed, "", good, own, elsewhere, good)
		if err != nil || done.Decided != 1 {
			t.Fatal(done, err)
		}
		codes := []string{done.Refused[0].Code, done.Refused[1].Code}
		slices.Sort(codes)
		// The officer is at home nowhere and so belongs to the city only.
		if diff := cmp.Diff([]string{"no_such_qualification", "no_such_qualification"}, codes); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("nobody confirms their own, under whichever record", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		home := func(v *domain.Volunteer) { v.RegionCode = "410621" }
		officer := p.Volunteer(t, home)
		asOfficer := given.As(t, officer, county)
		own := p.claim(asOfficer, t, firstAid)
		if _, err := p.decide(asOfficer, domain.QualificationConfirmed, "", own); !errors.Is(err, domain.ErrOwnQualification) {
			t.Error(err)
		}
		if _, err := p.App.RecordQualification(asOfficer, officer.ID, firstAid); !errors.Is(err, domain.ErrOwnQualification) {
			t.Error(err)
		}
		older := p.Volunteer(t, func(v *domain.Volunteer) { v.Phone, v.State, v.MergedInto = "", domain.VolunteerMerged, officer.ID })
		_, err := p.DB.Owner(t).ExecContext(t.Context(), "UPDATE qualifications SET state = 'confirmed', decided_by = $2, decided_at = now() WHERE id = $1", own, older.ID)
		if err == nil {
			t.Error("the database lets an older record of hers confirm it")
		}
	})
	t.Run("an officer records what he has seen, revokes it with a reason, and reads the number for a record", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		c, err := p.App.RecordQualification(p.asOffice, p.anne.ID, firstAid)
		if err != nil || c.Qualifications[0].State != domain.QualificationConfirmed || !c.MayDecide {
			t.Fatal(c, err)
		}
		f := c.Qualifications[0].ID
		if number, err := p.App.ReadQualification(p.asOffice, f); err != nil || number != firstAid.Number {
			t.Error(number, err)
		}
		if _, err := p.App.WithdrawQualification(p.asOffice, f, ""); !errors.Is(err, domain.ErrReason) {
			t.Error(err)
		}
		if _, err := p.App.WithdrawQualification(p.asOffice, f, "证书已注销"); err != nil {
			t.Error(err)
		}
		sameLines(t, []string{"confirmed first_aid of anne", "withdrawn first_aid of anne"}, p.told(t))
		if diff := cmp.Diff([]string{"您的“急救员证”已被撤销，点开可以看详情。", "您的“急救员证”已经确认，点开可以看详情。"}, p.notices(p.asAnne, t)); diff != "" {
			t.Error(diff)
		}
		acts := given.Value[string](t, p.World, "SELECT string_agg(act, ' ' ORDER BY id) FROM audit_records WHERE volunteer_id = $1", p.anne.ID)
		if acts != "qualification.recorded qualification.read qualification.withdrawn" {
			t.Error(acts)
		}
	})
	t.Run("her leader sees them and decides nothing", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		team, leader := p.Team(t), p.Volunteer(t)
		p.Member(t, team, leader, domain.RoleLeader)
		p.Member(t, team, p.anne, domain.RoleMember)
		f := p.claim(p.asAnne, t, firstAid)
		asLeader := given.As(t, leader)
		if c, err := p.App.FindCredentials(asLeader, p.anne.ID); err != nil || len(c.Qualifications) != 1 || c.MayDecide {
			t.Error(c, err)
		}
		if _, err := p.decide(asLeader, domain.QualificationConfirmed, "", f); !errors.Is(err, domain.ErrNoQualification) {
			t.Error(err)
		}
		if _, err := p.App.ReadQualification(asLeader, f); !errors.Is(err, domain.ErrNoQualification) {
			t.Error(err)
		}
	})
}

func TestMoveQualificationsOnMerge(t *testing.T) {
	t.Parallel()
	p := givenPaperWorld(t)
	city := auth.Grant{Role: "administrator", RegionPath: "4106/"}
	merger := given.As(t, p.Volunteer(t), city)
	gone := p.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	nurse := firstAid
	nurse.Kind = "nurse"
	p.claim(p.asAnne, t, firstAid)
	p.claim(given.As(t, gone), t, firstAid)
	if _, err := p.decide(p.asOffice, domain.QualificationConfirmed, "", p.claim(given.As(t, gone), t, nurse)); err != nil {
		t.Fatal(err)
	}
	if _, err := p.App.MergeVolunteers(merger, p.anne.ID, gone.ID, "registered_twice"); err != nil {
		t.Fatal(err)
	}
	states := given.Value[string](t, p.World, "SELECT string_agg(kind || ' ' || state, ', ' ORDER BY id) FROM qualifications WHERE volunteer_id = $1", p.anne.ID)
	if states != "first_aid claimed, first_aid withdrawn, nurse confirmed" {
		t.Error(states)
	}
	if told := p.told(t); !slices.Contains(told, "confirmed nurse of anne") || !slices.Contains(told, "withdrawn first_aid of anne") {
		t.Error(told)
	}
	t.Run("what she had confirmed under the other record waits for somebody else", func(t *testing.T) {
		t.Parallel()
		p := givenPaperWorld(t)
		f := p.claim(p.asAnne, t, firstAid)
		if _, err := p.decide(p.asOffice, domain.QualificationConfirmed, "", f); err != nil { // her own second record, still an officer's
			t.Fatal(err)
		}
		if _, err := p.App.MergeVolunteers(given.As(t, p.Volunteer(t), city), p.anne.ID, p.officer.ID, "registered_twice"); err != nil {
			t.Fatal(err)
		}
		if c, err := p.App.MyCredentials(p.asAnne); err != nil || c.Qualifications[0].State != domain.QualificationClaimed {
			t.Error(c.Qualifications, err)
		}
	})
}

func TestKeepQualificationKind(t *testing.T) {
	t.Parallel()
	w := given.New(t)
	admin := given.As(t, w.Volunteer(t), auth.Grant{Role: "administrator", RegionPath: "4106/"})
	kinds, err := w.App.ListQualificationKinds(admin)
	if err != nil || len(kinds) < 8 || kinds[0].Name != "律师执业证" {
		t.Fatal(kinds, err)
	}
	driver := domain.QualificationKind{Code: "driver", Name: " 驾驶证 ", Place: 5, Offered: true, Expires: true, Months: 72}
	if k, err := w.App.KeepQualificationKind(admin, driver); err != nil || k.Name != "驾驶证" {
		t.Error(k, err)
	}
	same, endless, blank := driver, driver, driver
	same.Name, endless.Expires, blank.Name = "律师执业证", false, " "
	for want, k := range map[error]domain.QualificationKind{
		domain.ErrQualificationKindThere: same, domain.ErrMonthsWithoutEnd: endless, domain.ErrBlank: blank,
	} {
		if _, err := w.App.KeepQualificationKind(admin, k); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	if kinds, err := w.App.ListQualificationKinds(admin); err != nil || kinds[0].Code != "driver" {
		t.Error(kinds, err)
	}
}
