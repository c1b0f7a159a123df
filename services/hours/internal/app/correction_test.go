package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/hours/internal/app"
	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/contract/hoursv1"
	"github.com/qihe-volunteers/qihe/shared/contract/tasksv1"
	"github.com/qihe-volunteers/qihe/shared/contract/teamsv1"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// staff is a town with those who may decide, by their names.
type staff struct {
	*town
	me, deputy, county, city string
	line                     domain.Entry // two hours of mine, confirmed by the leader
	lines                    int
}

const countyPath, cityPath = "4106/410611/", "4106/"

func newStaff(t testing.TB) *staff {
	t.Helper()
	s := &staff{town: newTown(t), me: id.New(), deputy: id.New(), county: id.New(), city: id.New()}
	for volunteerID, name := range map[string]string{s.me: "李桂英", s.leader: "王秀英", s.deputy: "张桂芳", s.county: "赵敏", s.city: "钱红"} {
		s.teams.add(people.Person{VolunteerID: volunteerID, Name: name, Version: 1})
	}
	s.inTx(func(q postgres.Querier) error {
		ctx := t.Context()
		if err := s.LearnMemberships(ctx, q, []teamsv1.MembershipChanged{
			{MembershipID: id.New(), TeamID: s.team, VolunteerID: s.leader, Role: "leader", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: s.team, VolunteerID: s.deputy, Role: "deputy", State: "active", Version: 1},
			{MembershipID: id.New(), TeamID: s.team, VolunteerID: s.me, Role: "member", State: "active", Version: 1},
		}); err != nil {
			return err
		}
		if err := s.LearnOffices(ctx, q, []teamsv1.OfficeChanged{{OfficeID: id.New(), Kind: "federation", Name: "淇滨区妇女联合会", RegionPath: countyPath, State: "open", Version: 1}}); err != nil {
			return err
		}
		return s.LearnGrants(ctx, q, []teamsv1.GrantChanged{
			{GrantID: id.New(), VolunteerID: s.county, Role: "coordinator", RegionPath: countyPath, State: "active", Version: 1},
			{GrantID: id.New(), VolunteerID: s.city, Role: "administrator", RegionPath: cityPath, State: "active", Version: 1},
			{GrantID: id.New(), VolunteerID: id.New(), Role: "viewer", RegionPath: countyPath, State: "active", Version: 1},
		})
	})
	s.line = s.post(s.attendance(by(s.me, 120)))
	return s
}

// post credits an attendance, each a day before the last one, and returns its line.
func (s *staff) post(e tasksv1.AttendanceConfirmed) (line domain.Entry) {
	s.t.Helper()
	e.From, e.To = e.From.AddDate(0, 0, -s.lines), e.To.AddDate(0, 0, -s.lines)
	s.lines++
	s.credit(e)
	s.inTx(func(q postgres.Querier) error {
		lines, err := store.ListEntriesBySource(s.t.Context(), q, domain.SourceAttendance, []string{e.AttendanceID})
		line = lines[0]
		return err
	})
	return line
}

// officer returns a context on behalf of a coordinator of the region.
func (s *staff) officer(volunteerID, regionPath string) context.Context {
	return auth.With(s.t.Context(), auth.Principal{VolunteerID: volunteerID, Grants: []auth.Grant{{Role: "coordinator", RegionPath: regionPath}}})
}

// later is half an hour more than the line has.
func later(e domain.Entry) domain.Served {
	return domain.Served{From: e.From, To: e.To.Add(30 * time.Minute), Minutes: e.Minutes + 30}
}

func (s *staff) ask(as context.Context, e domain.Entry, wanted domain.Served) app.CorrectionView {
	s.t.Helper()
	v, err := s.AskCorrection(as, e.ID, "少算了半小时", wanted)
	s.must(err)
	return v
}

// told returns who was told what of corrections since the last time it was asked, sorted.
func (s *staff) told() []string {
	s.t.Helper()
	var bodies []string
	s.must(s.db.Owner(s.t).Select(&bodies, `SELECT body FROM outbox WHERE subject = 'hours.v1.notice.due' ORDER BY id`))
	names := map[string]string{s.me: "me", s.leader: "leader", s.deputy: "deputy", s.county: "county", s.city: "city"}
	var told []string
	for _, body := range bodies[s.heard():] {
		var e hoursv1.NoticeDue
		s.must(json.Unmarshal([]byte(body), &e))
		name, ok := names[e.VolunteerID]
		if !ok {
			name = "another"
		}
		told = append(told, name+" "+strings.TrimPrefix(string(e.Kind), "correction."))
	}
	_, err := s.db.Owner(s.t).Exec(`CREATE TABLE IF NOT EXISTS heard (n int); INSERT INTO heard VALUES (` + "(SELECT count(*) FROM outbox WHERE subject = 'hours.v1.notice.due'))")
	s.must(err)
	slices.Sort(told)
	return told
}

func (s *staff) heard() (n int) {
	var there bool
	s.must(s.db.Owner(s.t).Get(&there, `SELECT to_regclass('heard') IS NOT NULL`))
	if there {
		s.must(s.db.Owner(s.t).Get(&n, `SELECT max(n) FROM heard`))
	}
	return n
}

// sum returns the minutes of a volunteer that count, and those that are settled on a day.
func (s *staff) sum(volunteerID string, on domain.Day) (minutes, settled int) {
	s.t.Helper()
	mine, err := s.MySummary(s.as(volunteerID))
	s.must(err)
	s.inTx(func(q postgres.Querier) error {
		sums, err := store.SettledTotals(s.t.Context(), q, []string{volunteerID}, on)
		settled = sums[domain.ServiceAccount]
		return err
	})
	return mine.Total, settled
}

func TestAskCorrection(t *testing.T) {
	t.Parallel()
	t.Run("a volunteer's question lies with who leads and did not confirm it, by name, with a last day", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		v := s.ask(s.as(s.me), s.line, later(s.line))
		if v.AskedAs != domain.AsVolunteer || !v.Mine || v.Asker != "李桂英" || v.DueOn.String() != "2026-12-01" || v.MayDecide() {
			t.Errorf("asked %+v", v)
		}
		if diff := cmp.Diff([]string{"张桂芳"}, v.Deciders); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"deputy asked"}, s.told()); diff != "" {
			t.Error(diff)
		}
		if _, err := s.AskCorrection(s.as(s.leader), s.line.ID, "不对", later(s.line)); !errors.Is(err, domain.ErrAskedAlready) {
			t.Errorf("a second question: %v", err)
		}
		lines, _, err := s.MyEntries(s.as(s.me), "", 10)
		s.must(err)
		if c := lines[0].Correction; c == nil || c.ID != v.ID || c.State != domain.CorrectionOpen {
			t.Errorf("the line says %+v", c)
		}
	})
	t.Run("it lies with the office when nobody else leads, under whichever record they confirmed", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		s.inTx(func(q postgres.Querier) error {
			return s.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: s.leader, MergedInto: s.deputy, Version: 2}})
		})
		v := s.ask(s.as(s.me), s.line, later(s.line))
		if v.Place.Turn != domain.TurnOffice || v.Office != "淇滨区妇女联合会" || len(v.Deciders) > 0 {
			t.Errorf("it lies with %+v, %s", v.Place, v.Office)
		}
		if diff := cmp.Diff([]string{"county asked"}, s.told()); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("a leader's and an officer's lie with the office; an officer's own with the one above; the volunteer is told", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		v := s.ask(s.as(s.leader), s.line, domain.Served{})
		if v.AskedAs != domain.AsLeader || v.Place.OfficePath != countyPath || v.Wanted.Minutes != 0 {
			t.Errorf("asked %+v", v.Correction)
		}
		if diff := cmp.Diff([]string{"county asked", "me opened"}, s.told()); diff != "" {
			t.Error(diff)
		}
		v = s.ask(s.officer(s.county, countyPath), s.post(s.attendance(by(s.me, 60))), domain.Served{})
		if v.AskedAs != domain.AsOfficer || v.Place.OfficePath != cityPath || v.Office != "鹤壁市妇联" {
			t.Errorf("asked %+v, %s", v.Correction, v.Office)
		}
	})
	t.Run("anybody objects while the line is in publicity, and neither the volunteer nor the brigade hears who", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		objector := id.New()
		s.teams.add(people.Person{VolunteerID: objector, Name: "孙举报", Version: 1})
		found, err := s.FindEntry(s.as(objector), s.line.ID)
		s.must(err)
		if found.Person != "李**" || found.As != domain.AsObjector || found.MyEntry.ConfirmedBy != "王**" {
			t.Errorf("found %+v", found)
		}
		v := s.ask(s.as(objector), s.line, domain.Served{})
		for name, as := range map[string]context.Context{"the volunteer": s.as(s.me), "the leader": s.as(s.leader), "an officer who leads it": s.officer(s.deputy, countyPath)} {
			seen, err := s.FindCorrection(as, v.ID)
			s.must(err)
			if seen.Asker != "" || seen.Mine || seen.AskedAs != domain.AsObjector || seen.Person != "李桂英" {
				t.Errorf("%s sees %+v", name, seen)
			}
		}
		if seen, err := s.FindCorrection(s.officer(s.county, countyPath), v.ID); err != nil || seen.Asker != "孙举报" || !seen.MayDecide() {
			t.Errorf("the office sees %+v, %v", seen, err)
		}
		if seen, err := s.FindCorrection(s.as(objector), v.ID); err != nil || seen.Person != "李**" || !seen.Mine {
			t.Errorf("the objector sees %+v, %v", seen, err)
		}
		if _, err := s.FindCorrection(s.as(id.New()), v.ID); !errors.Is(err, domain.ErrNoSuchCorrection) {
			t.Errorf("a stranger: %v", err)
		}
		s.clock.Leap(7 * 24 * time.Hour)
		if _, err := s.FindEntry(s.as(id.New()), s.line.ID); !errors.Is(err, domain.ErrNoSuchEntry) {
			t.Errorf("after publicity a stranger: %v", err)
		}
		if _, err := s.AskCorrection(s.as(id.New()), s.line.ID, "不对", domain.Served{}); !errors.Is(err, domain.ErrNoSuchEntry) {
			t.Errorf("after publicity a stranger asks: %v", err)
		}
	})
	t.Run("an upheld thing to verify asks by itself, once, and another officer decides", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		upheld := tasksv1.AnomalyDecided{AnomalyID: id.New(), Rule: "overlap", State: "upheld", VolunteerID: s.me, AttendanceIDs: []string{s.line.SourceID, id.New()}, DecidedBy: s.county, Version: 2}
		dismissed := upheld
		dismissed.State, dismissed.AttendanceIDs = "dismissed", []string{s.post(s.attendance(by(s.me, 60))).SourceID}
		for range 2 {
			s.inTx(func(q postgres.Querier) error {
				return s.AskAboutAnomalies(t.Context(), q, []tasksv1.AnomalyDecided{upheld, dismissed, upheld})
			})
		}
		all, _, err := s.ListTeamCorrections(s.as(s.leader), s.team, "")
		s.must(err)
		if len(all) != 1 || all[0].AskedAs != domain.AsAnomaly || all[0].AskedBy != s.county || all[0].Place.OfficePath != cityPath {
			t.Fatalf("asked %+v", all)
		}
		to := later(s.line)
		if err := s.DecideCorrection(s.officer(s.county, countyPath), all[0].ID, app.CorrectionDecision{Accept: true, To: &to, Reason: "核实"}); !errors.Is(err, domain.ErrOwnCorrection) {
			t.Errorf("who upheld it decides: %v", err)
		}
		s.must(s.DecideCorrection(s.officer(s.city, cityPath), all[0].ID, app.CorrectionDecision{Reason: "两场隔得很近，来得及"}))
		s.inTx(func(q postgres.Querier) error {
			return s.AskAboutAnomalies(t.Context(), q, []tasksv1.AnomalyDecided{upheld})
		})
		if all, _, err = s.ListTeamCorrections(s.as(s.leader), s.team, ""); err != nil || len(all) != 1 {
			t.Errorf("told again after it was refused: %d questions, %v", len(all), err)
		}
	})
}

func TestDecideCorrection(t *testing.T) {
	t.Parallel()
	accept := app.CorrectionDecision{Accept: true, Reason: "签到表上是这样"}
	t.Run("accepted, the line is undone and written anew, sums follow, everybody concerned is told", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		today := domain.DayOf(s.clock.Now())
		s.clock.Leap(2 * 24 * time.Hour)
		v := s.ask(s.as(s.me), s.line, later(s.line))
		s.told()
		if _, settled := s.sum(s.me, today+30); settled != 0 {
			t.Errorf("%d minutes settle while a question is open", settled)
		}
		s.must(s.DecideCorrection(s.as(s.deputy), v.ID, accept))
		minutes, before := s.sum(s.me, today+8)
		_, after := s.sum(s.me, today+9) // posted anew on the second day after
		if minutes != 150 || before != 0 || after != 150 {
			t.Errorf("%d minutes, %d and then %d settled", minutes, before, after)
		}
		s.count(s.App)
		s.agree(s.App, 3)
		lines, _, err := s.MyEntries(s.as(s.me), "", 10)
		s.must(err)
		var got []string
		for _, l := range lines {
			got = append(got, string(l.Kind)+" "+l.Verification+" "+string(l.Correction.State)+" by "+l.ConfirmedBy)
		}
		if diff := cmp.Diff([]string{"adjustment D accepted by 张桂芳", "reversal A accepted by 张桂芳", "service A accepted by 王秀英"}, got); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"leader accepted", "me accepted"}, s.told()); diff != "" {
			t.Error(diff)
		}
		var body string
		s.must(s.db.Owner(t).Get(&body, `SELECT body FROM outbox WHERE subject = 'hours.v1.entry.corrected'`))
		var told hoursv1.EntryCorrected
		s.must(json.Unmarshal([]byte(body), &told))
		want := hoursv1.EntryCorrected{
			EntryID: s.line.ID, CorrectionID: v.ID, VolunteerID: s.me, AttendanceID: s.line.SourceID, NewEntryID: lines[0].ID,
			Minutes: 150, DecidedBy: s.deputy, DecidedAt: s.clock.Now().UTC(),
		}
		if diff := cmp.Diff(want, told, cmp.Comparer(func(a, b time.Time) bool { return a.Sub(b).Abs() < time.Minute })); diff != "" {
			t.Error(diff)
		}
		seen, err := s.FindCorrection(s.as(s.me), v.ID)
		s.must(err)
		if seen.Decider != "张桂芳" || seen.Decision != accept.Reason || seen.Anew == nil || seen.Anew.Minutes != 150 || seen.Entry.Minutes != 120 {
			t.Errorf("she sees %+v", seen)
		}
		if _, err := s.AskCorrection(s.as(s.me), s.line.ID, "还是不对", later(s.line)); !errors.Is(err, domain.ErrAlreadyReversed) {
			t.Errorf("about the line that was undone: %v", err)
		}
		if _, err := s.AskCorrection(s.as(s.me), lines[1].ID, "还是不对", domain.Served{}); !errors.Is(err, domain.ErrOfReversal) {
			t.Errorf("about the reversal: %v", err)
		}
		if found, err := s.FindEntry(s.as(s.leader), s.line.SourceID); err != nil || found.ID != lines[0].ID || found.As != domain.AsLeader {
			t.Errorf("by its attendance the leader finds %+v, %v", found, err)
		}
		again := s.ask(s.as(s.me), lines[0].Entry, domain.Served{})
		s.must(s.DecideCorrection(s.as(s.leader), again.ID, accept)) // the deputy has confirmed what stands there now
		if minutes, settled := s.sum(s.me, today+30); minutes != 0 || settled != 0 {
			t.Errorf("corrected to nothing: %d minutes, %d settled", minutes, settled)
		}
		s.count(s.App)
		s.agree(s.App, 4)
	})
	t.Run("whoever decides may give other times than were asked for", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		v := s.ask(s.as(s.me), s.line, later(s.line))
		same := domain.Served{From: s.line.From, To: s.line.To, Minutes: 120}
		if err := s.DecideCorrection(s.as(s.deputy), v.ID, app.CorrectionDecision{Accept: true, To: &same, Reason: "没有变"}); !errors.Is(err, domain.ErrNothingDifferent) {
			t.Errorf("the same times: %v", err)
		}
		shorter := domain.Served{From: s.line.From.Add(time.Hour), To: s.line.To, Minutes: 60}
		s.must(s.DecideCorrection(s.as(s.deputy), v.ID, app.CorrectionDecision{Accept: true, To: &shorter, Reason: "10 点才到"}))
		if minutes, _ := s.sum(s.me, 0); minutes != 60 {
			t.Errorf("%d minutes", minutes)
		}
		lines, _, err := s.MyEntries(s.as(s.me), "", 1)
		s.must(err)
		if lines[0].Verification != "A" {
			t.Errorf("a part of what was proved by %s is proved by %s", s.line.Verification, lines[0].Verification)
		}
	})
	t.Run("the old line gives its time back; what counts for another line is refused", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		noon := s.attendance(by(s.me, 60), func(e *tasksv1.AttendanceConfirmed) { e.From, e.To = e.To, e.To.Add(time.Hour) })
		s.credit(noon) // from eleven to twelve
		v := s.ask(s.as(s.me), s.line, domain.Served{From: s.line.From, To: s.line.To.Add(30 * time.Minute), Minutes: 150})
		if err := s.DecideCorrection(s.as(s.deputy), v.ID, accept); !errors.Is(err, store.ErrOverlap) {
			t.Errorf("half an hour counts twice: %v", err)
		}
		if minutes, _ := s.sum(s.me, 0); minutes != 180 {
			t.Errorf("%d minutes", minutes)
		}
		earlier := domain.Served{From: s.line.From.Add(-30 * time.Minute), To: s.line.To.Add(-time.Hour), Minutes: 90}
		s.must(s.DecideCorrection(s.as(s.deputy), v.ID, app.CorrectionDecision{Accept: true, To: &earlier, Reason: "早到早走"}))
		s.credit(s.attendance(by(s.me, 60), func(e *tasksv1.AttendanceConfirmed) { e.From = e.From.Add(time.Hour) })) // what was given back
		if minutes, _ := s.sum(s.me, 0); minutes != 90+60+60 {
			t.Errorf("%d minutes", minutes)
		}
	})
	t.Run("refused or taken back, the line stays and settles after all", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		today := domain.DayOf(s.clock.Now())
		v := s.ask(s.as(s.leader), s.line, domain.Served{})
		s.told()
		if err := s.WithdrawCorrection(s.as(s.me), v.ID); !errors.Is(err, domain.ErrNoSuchCorrection) {
			t.Errorf("somebody else takes it back: %v", err)
		}
		s.must(s.WithdrawCorrection(s.as(s.leader), v.ID))
		if diff := cmp.Diff([]string{"me taken"}, s.told()); diff != "" {
			t.Error(diff)
		}
		v = s.ask(s.as(s.leader), s.line, domain.Served{})
		s.clock.Leap(9 * 24 * time.Hour)
		s.must(s.DecideCorrection(s.officer(s.county, countyPath), v.ID, app.CorrectionDecision{Reason: "照片上有她"}))
		_, before := s.sum(s.me, today+8)
		minutes, after := s.sum(s.me, today+9)
		if minutes != 120 || before != 0 || after != 120 {
			t.Errorf("%d minutes, %d and then %d settled", minutes, before, after)
		}
		if err := s.WithdrawCorrection(s.as(s.leader), v.ID); !errors.Is(err, domain.ErrCorrectionOver) {
			t.Errorf("taken back when decided: %v", err)
		}
	})
	t.Run("nobody decides what they asked, what is about themself, what they confirmed, or what lies elsewhere", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		other := id.New()
		s.inTx(func(q postgres.Querier) error {
			return s.LearnVolunteers(t.Context(), q, []teamsv1.VolunteerChanged{{VolunteerID: other, MergedInto: s.deputy, Version: 2}})
		})
		mine, its := s.ask(s.as(s.me), s.line, later(s.line)), s.ask(s.officer(s.county, countyPath), s.post(s.attendance(by(other, 60))), domain.Served{})
		for name, c := range map[string]struct {
			as   context.Context
			id   string
			want error
		}{
			"who asked":                                         {s.officer(s.me, cityPath), mine.ID, domain.ErrOwnCorrection},
			"the leader who confirmed it":                       {s.as(s.leader), mine.ID, domain.ErrOwnConfirmation},
			"an officer while it lies with who leads":           {s.officer(s.county, countyPath), mine.ID, domain.ErrNotYoursToDecide},
			"an officer who asked":                              {s.officer(s.county, cityPath), its.ID, domain.ErrOwnCorrection},
			"an officer whom it is about, under another record": {s.officer(s.deputy, cityPath), its.ID, domain.ErrOwnCorrection},
			"who leads while it lies with the office":           {s.as(s.leader), its.ID, domain.ErrNotYoursToDecide},
			"an officer of below":                               {s.officer(id.New(), countyPath), its.ID, domain.ErrNotYoursToDecide},
			"an officer of another county":                      {s.officer(id.New(), "4106/410621/"), its.ID, domain.ErrNoSuchCorrection},
			"a stranger":                                        {s.as(id.New()), mine.ID, domain.ErrNoSuchCorrection},
		} {
			if err := s.DecideCorrection(c.as, c.id, accept); !errors.Is(err, c.want) {
				t.Errorf("%s: error = %v, want %v", name, err, c.want)
			}
		}
		for name, statement := range map[string]string{
			"corrections_own_check":  `UPDATE corrections SET state = 'accepted', decided_by = volunteer_id, decided_at = now(), decision_reason = 'x' WHERE state = 'open'`,
			"corrections_once_check": `UPDATE corrections SET reason = 'y'`,
		} {
			if _, err := s.db.Owner(t).Exec(statement); !postgres.Violated(err, name) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	t.Run("of two who decide at once one does", func(t *testing.T) {
		t.Parallel()
		s := newStaff(t)
		v := s.ask(s.as(s.leader), s.line, domain.Served{})
		errs := make([]error, 6)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() {
				errs[i] = s.DecideCorrection(s.officer(id.New(), cityPath), v.ID, app.CorrectionDecision{Accept: i%2 == 0, Reason: "看过了"})
			})
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !errors.Is(err, domain.ErrCorrectionOver) {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d decided", done)
		}
	})
}

func TestRaiseCorrections(t *testing.T) {
	t.Parallel()
	s := newStaff(t)
	v := s.ask(s.as(s.me), s.line, later(s.line))
	s.told()
	for _, step := range []struct {
		days  int
		place domain.CorrectionPlace
		told  []string
	}{
		{7, domain.CorrectionPlace{Turn: domain.TurnLeader}, nil}, // its last day
		{1, domain.CorrectionPlace{Turn: domain.TurnOffice, OfficePath: countyPath}, []string{"county rose"}},
		{8, domain.CorrectionPlace{Turn: domain.TurnOffice, OfficePath: cityPath}, []string{"city rose"}},
		{8, domain.CorrectionPlace{Turn: domain.TurnOffice, OfficePath: cityPath}, []string{"city rose"}}, // nobody is above
	} {
		s.clock.Leap(time.Duration(step.days) * 24 * time.Hour)
		s.must(s.DoDuties(t.Context()))
		s.must(s.replica().DoDuties(t.Context())) // another one, or after a restart
		now, err := s.FindCorrection(s.as(s.me), v.ID)
		s.must(err)
		if now.Place != step.place || now.DueOn < domain.DayOf(s.clock.Now()) {
			t.Errorf("it lies with %+v until %s", now.Place, now.DueOn)
		}
		if diff := cmp.Diff(step.told, s.told()); diff != "" {
			t.Error(diff)
		}
	}
	city := s.officer(s.city, cityPath)
	waiting, _, err := s.ListCorrectionsToDecide(city, "", "")
	s.must(err)
	if len(waiting) != 1 || !waiting[0].MayDecide() || waiting[0].Rises != 3 {
		t.Errorf("the city sees %+v", waiting)
	}
	s.must(s.DecideCorrection(city, v.ID, app.CorrectionDecision{Reason: "照片上她九点就在"}))
	for _, c := range []struct {
		who    context.Context
		region string
		want   int
	}{
		{city, "", 1}, {city, "410611", 1}, {city, "410621", 0}, {s.as(id.New(), countyPath), "", 1}, {s.as(id.New(), countyPath), "4106", 1},
		{s.as(id.New(), "4106/410621/"), "", 0}, {s.as(id.New(), "4106/410621/"), "410611", 0}, {s.as(s.leader), "", 0},
	} {
		decided, _, err := s.ListDecidedCorrections(c.who, c.region, "")
		s.must(err)
		if len(decided) != c.want {
			t.Errorf("%d decided in %q, want %d", len(decided), c.region, c.want)
		}
	}
	if _, _, err := s.ListTeamCorrections(city, "", ""); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("of no brigade: %v", err)
	}
	if _, _, err := s.ListDecidedCorrections(city, "999", ""); apperr.KindOf(err) != apperr.Invalid {
		t.Errorf("no such region: %v", err)
	}
}

// Whatever is asked and decided, in whatever order: the sums are those of the
// lines, nobody has less than nothing, and a line is undone once.
func TestCorrectionsKeepTheSums(t *testing.T) {
	t.Parallel()
	s := newStaff(t)
	r := newDice(t)
	lines := []domain.Entry{s.line}
	for n := range 5 {
		lines = append(lines, s.post(s.attendance(by(s.me, 20+10*n))))
	}
	for range 40 {
		e := lines[r.IntN(len(lines))]
		wanted := domain.Served{From: e.From, To: e.To, Minutes: r.IntN(121)}
		v, err := s.AskCorrection([]context.Context{s.as(s.me), s.as(s.leader), s.as(id.New())}[r.IntN(3)], e.ID, "不对", wanted)
		if apperr.KindOf(err) == apperr.NotFound && r.IntN(2) == 0 {
			s.clock.Leap(24 * time.Hour)
		}
		if err != nil {
			continue
		}
		decide := app.CorrectionDecision{Accept: r.IntN(3) > 0, Reason: "看过了"}
		for _, as := range []context.Context{s.as(s.deputy), s.as(s.leader), s.officer(s.city, cityPath)} { // one of them does, once
			_ = s.DecideCorrection(as, v.ID, decide)
		}
		if v, err = s.FindCorrection(s.as(s.me), v.ID); err == nil && v.Anew != nil {
			lines = append(lines, *v.Anew)
		}
	}
	var sum, twice int
	s.must(s.db.Owner(t).Get(&sum, `SELECT sum(minutes) FROM entries`))
	s.must(s.db.Owner(t).Get(&twice, `SELECT count(*) - count(DISTINCT source_id) FROM entries WHERE kind = 'reversal'`))
	minutes, settled := s.sum(s.me, domain.DayOf(s.clock.Now())+30)
	if minutes != sum || settled != sum || sum < 0 || twice != 0 {
		t.Errorf("%d minutes, %d settle, the lines come to %d, %d undone twice", minutes, settled, sum, twice)
	}
	for day := range domain.Day(10) {
		if _, settled := s.sum(s.me, domain.DayOf(s.clock.Now())-2+day); settled < 0 {
			t.Errorf("%d minutes are settled", settled)
		}
	}
	s.count(s.App)
	var count int64
	s.must(s.db.Owner(t).Get(&count, `SELECT count(*) FROM entries`))
	s.agree(s.App, count)
	if count < 20 {
		t.Errorf("only %d lines: nothing much was tried", count)
	}
}

// newDice returns numbers that a failure can be repeated with.
func newDice(t testing.TB) *rand.Rand {
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 1))
}
