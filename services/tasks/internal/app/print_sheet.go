package app

import (
	"context"
	"strings"
	"time"

	"github.com/qihe-volunteers/qihe/services/tasks/internal/domain"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/sheet"
	"github.com/qihe-volunteers/qihe/services/tasks/internal/store"
	"github.com/qihe-volunteers/qihe/shared/clock"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// PrintSheet returns the sheet of a shift to sign on paper, as a PDF, and the
// file's name. Everybody with a seat has a row, and keeps it on every print. It
// returns NotFound to whoever does not lead the team, ErrNamesAway when nobody
// can be named, and refuses a shift that does not take place or is confirmed.
func (a *App) PrintSheet(ctx context.Context, shiftID string) ([]byte, string, error) {
	type print struct {
		domain.Sheet
		Title, Place, Team string
		StartsAt, EndsAt   time.Time
		Lines              []domain.SheetLine
	}
	done, err := idempotency.Do(ctx, a.db, a.clock.Now(), "print_sheet", shiftID, func(q postgres.Querier) (print, error) {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return print{}, err
		}
		l, err := a.mustLead(ctx, q, reader, shiftID)
		if err != nil {
			return print{}, err
		}
		made, lines, err := a.printSheet(ctx, q, reader, shiftID)
		return print{made, l.Title, l.Place, l.TeamName, l.StartsAt, l.EndsAt, lines}, err
	})
	if err != nil {
		return nil, "", err
	}
	names, err := a.namesOn(ctx, done.Lines)
	if err != nil {
		return nil, "", err
	}
	s := sheet.Sheet{
		Team: done.Team, Title: done.Title, Place: done.Place, When: spanOf(done.StartsAt, done.EndsAt), Code: done.Code,
		Printed: clock.Minute(done.PrintedAt),
	}
	if a.siteURL != "" {
		s.Link = a.siteURL + "/shifts/" + shiftID + "/paper"
	}
	for _, l := range done.Lines {
		s.Rows = append(s.Rows, sheet.Row{Name: names[l.VolunteerID], Code: l.Code})
	}
	data, err := s.PDF()
	return data, "签到表-" + strings.ReplaceAll(done.Title, "/", "-") + done.StartsAt.In(clock.City).Format("-0102") + ".pdf", err
}

// printSheet keeps that the sheet is printed and returns all rows that stand on
// it: of who holds a seat now, and the empty ones that are free.
func (a *App) printSheet(ctx context.Context, q postgres.Querier, reader crew, shiftID string) (domain.Sheet, []domain.SheetLine, error) {
	shift, err := store.LockShift(ctx, q, shiftID)
	if err != nil {
		return domain.Sheet{}, nil, err
	}
	seats, err := store.ListSeats(ctx, q, shiftID)
	if err != nil {
		return domain.Sheet{}, nil, err
	}
	had, err := store.ListSheetLines(ctx, q, shiftID)
	if err != nil {
		return domain.Sheet{}, nil, err
	}
	typed, err := store.ListTyped(ctx, q, shiftID)
	if err != nil {
		return domain.Sheet{}, nil, err
	}
	seated := make([]string, len(seats))
	comes := map[string]bool{"": true}
	for i, u := range seats {
		seated[i], comes[u.VolunteerID] = u.VolunteerID, true
	}
	made, added, err := shift.PrintSheet(reader.VolunteerID, seated, had, typed, a.clock.Now())
	if err != nil {
		return domain.Sheet{}, nil, err
	}
	if err := store.InsertSheet(ctx, q, made, added); err != nil {
		return domain.Sheet{}, nil, err
	}
	all, err := store.ListSheetLines(ctx, q, shiftID)
	var shown []domain.SheetLine
	for _, l := range all {
		if comes[l.VolunteerID] && (l.VolunteerID != "" || typed[l.Code] == "") {
			shown = append(shown, l)
		}
	}
	return made, shown, err
}

// namesOn returns what the people on these rows are called.
func (a *App) namesOn(ctx context.Context, lines []domain.SheetLine) (map[string]string, error) {
	var ids []string
	for _, l := range lines {
		if l.VolunteerID != "" {
			ids = append(ids, l.VolunteerID)
		}
	}
	names := make(map[string]string, len(ids))
	known := 0
	for id, p := range a.people.Find(ctx, ids) {
		if names[id] = p.FullName(); p.Name != "" {
			known++
		}
	}
	if len(ids) > 0 && known == 0 { // rows that nobody could find themselves on
		return nil, ErrNamesAway
	}
	return names, nil
}

// spanOf is a shift's time as it stands on paper.
func spanOf(from, to time.Time) string {
	from, to = from.In(clock.City), to.In(clock.City)
	days := []string{"日", "一", "二", "三", "四", "五", "六"}
	text := from.Format("2006 年 1 月 2 日（星期") + days[from.Weekday()] + from.Format("）15:04–")
	if from.YearDay() != to.YearDay() {
		text += to.Format("1 月 2 日 ")
	}
	return text + to.Format("15:04")
}
