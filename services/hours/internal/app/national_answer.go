package app

import (
	"context"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/national"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// Reconciled is what came back for a batch, beside what was sent.
type Reconciled struct {
	Accepted, Refused, Missing, Unknown int
	HoursDiffer                         int
	All                                 int // of Rows, before they were cut
	OurMinutes, TheirMinutes            int // of service, in rows that were accepted and say their hours
	Rows                                []ReconciledRow
	marked                              []national.Finding
}

// ReconciledRow is one that somebody should look at.
type ReconciledRow struct {
	Kind        string // refused | missing | unknown | twice | unclear | hours
	Group       domain.NationalGroup
	Line        int // of the file; 0 for missing
	RowNumber   string
	VolunteerID string
	TeamID      string
	TeamName    string
	Name        string
	Reason      string
	Ours        int // minutes, with hours
	Theirs      int
}

// shownAnswers is how many of them a page lists; the marked file has all.
const shownAnswers = 300

// AnswerBatch reads the file that came back for a batch. With mark it changes nothing and
// returns the sender's own file with red cells; else it keeps what became of each row.
// The same file twice changes nothing. It is for administrators of the city.
func (a *App) AnswerBatch(ctx context.Context, batchID, name string, file []byte, mark bool) (r *Reconciled, marked []byte, err error) {
	who, err := auth.From(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !who.AdministersCity() {
		return nil, nil, errNoCityAdministrator
	}
	var answer *national.Answer
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		b, err := store.LockBatch(ctx, q, batchID)
		if err != nil {
			return err
		}
		switch {
		case !who.Covers(b.RegionPath):
			return domain.ErrNoBatch
		case b.TakenAt.IsZero():
			return domain.ErrBatchUnanswered
		}
		m, rows, err := a.sentIn(ctx, q, b)
		if err != nil {
			return err
		}
		if answer, err = national.Read(name, file, m); err != nil {
			return err
		}
		numbers := map[string]string{}
		if answer.NeedsNumbers() {
			numbers = a.numbersOf(ctx, rows)
		}
		var changed []domain.NationalRow
		r, changed = reconcile(b, m, rows, answer.Rows, numbers)
		if mark {
			return nil
		}
		b.AnsweredBy, b.AnsweredAt, b.Unknown = who.VolunteerID, a.clock.Now(), r.Unknown
		if r.OurMinutes > 0 { // an answer about another sheet says nothing of it
			b.TheirMinutes = r.TheirMinutes
		}
		if err := store.UpdateNationalStates(ctx, q, a.papers, b.ID, changed); err != nil {
			return err
		}
		return store.UpdateBatch(ctx, q, b)
	})
	if err != nil {
		return nil, nil, err
	}
	if mark {
		marked, err = answer.Mark(file, r.marked)
		return r, marked, err
	}
	a.nameAnswers(ctx, r)
	return r, nil, nil
}

func (a *App) sentIn(ctx context.Context, q postgres.Querier, b domain.NationalBatch) (domain.NationalMapping, []domain.NationalRow, error) {
	versions, err := store.ListMappings(ctx, q)
	if err != nil {
		return domain.NationalMapping{}, nil, err
	}
	rows, err := store.ListNationalRows(ctx, q, a.papers, b.ID)
	for _, m := range versions {
		if m.Version == b.MappingVersion {
			return m, rows, err
		}
	}
	return versions[len(versions)-1], rows, err
}

// numbersOf returns the volunteer numbers of the people of rows.
func (a *App) numbersOf(ctx context.Context, rows []domain.NationalRow) map[string]string {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.VolunteerID
	}
	numbers := map[string]string{}
	for id, p := range a.people.Find(ctx, ids) {
		numbers[id] = p.Number
	}
	return numbers
}

func (a *App) nameAnswers(ctx context.Context, r *Reconciled) {
	r.All = len(r.Rows)
	r.Rows = r.Rows[:min(len(r.Rows), shownAnswers)]
	var ids []string
	for _, row := range r.Rows {
		ids = append(ids, row.VolunteerID)
	}
	found := a.people.Find(ctx, withoutEmpty(ids))
	for i := range r.Rows {
		if r.Rows[i].TeamID != "" {
			r.Rows[i].TeamName = a.names.name(domain.Team, r.Rows[i].TeamID)
		}
		if p, ok := found[r.Rows[i].VolunteerID]; ok {
			r.Rows[i].Name = p.FullName()
		}
	}
}

type rowKey struct {
	group domain.NationalGroup
	place int
}

type holderKey struct {
	group  domain.NationalGroup
	number string
}

// reconcile matches what came back with what was sent, by our row number, else by the
// volunteer number where that leaves one row of the sheet.
func reconcile(b domain.NationalBatch, m domain.NationalMapping, rows []domain.NationalRow, answers []national.Row, numbers map[string]string) (*Reconciled, []domain.NationalRow) {
	r := &Reconciled{}
	at, of := map[rowKey]int{}, map[holderKey][]int{}
	for i, row := range rows {
		if row.State == domain.NationalLeftOut {
			continue
		}
		at[rowKey{row.Group, row.Place}] = i
		if number := numbers[row.VolunteerID]; number != "" {
			key := holderKey{row.Group, number}
			of[key] = append(of[key], i)
		}
	}
	find := func(answer national.Row) (int, bool) {
		if batch, g, place, ok := domain.ParseRowNumber(answer.Number); ok {
			i, there := at[rowKey{g, place}]
			return i, there && batch == b.Number
		}
		if same := of[holderKey{answer.Group, answer.Volunteer}]; answer.Number == "" && len(same) == 1 {
			return same[0], true
		}
		return 0, false
	}
	heard, answered := map[int]bool{}, map[domain.NationalGroup]bool{}
	for _, answer := range answers {
		i, ok := find(answer)
		switch {
		case !ok:
			r.Unknown++
			r.look(answer, ReconciledRow{Kind: "unknown"}, national.OfRow, "这一批里没有这一行")
			continue
		case heard[i]:
			r.look(answer, seen("twice", rows[i], b), national.OfRow, "这一行前面已经有了")
			continue
		case answer.Result != "":
			r.look(answer, seen("unclear", rows[i], b), national.OfResult, "看不懂结果“"+answer.Result+"”，请写“成功”或“失败”")
			heard[i], answered[rows[i].Group] = true, true
			continue
		}
		heard[i], answered[rows[i].Group] = true, true
		r.hear(answer, &rows[i], b, m)
	}
	changed := rows[:0:0]
	for i, row := range rows {
		if row.State != domain.NationalLeftOut && !heard[i] && answered[row.Group] && row.State != domain.NationalAccepted && row.State != domain.NationalRefused {
			row.State = domain.NationalMissing
			r.Missing++
			r.Rows = append(r.Rows, seen("missing", row, b))
		}
		changed = append(changed, row)
	}
	return r, changed
}

// hear keeps what is said of a row that was sent.
func (r *Reconciled) hear(answer national.Row, row *domain.NationalRow, b domain.NationalBatch, m domain.NationalMapping) {
	if !answer.Accepted {
		r.Refused++
		row.State, row.Reason = domain.NationalRefused, firstRunes(answer.Reason, 100)
		found := seen("refused", *row, b)
		found.Line, found.Reason = answer.Line, row.Reason
		r.Rows = append(r.Rows, found)
		return
	}
	r.Accepted++
	row.State, row.Reason = domain.NationalAccepted, ""
	if row.Group != domain.NationalService || row.Change == domain.NationalWithdrawn {
		return
	}
	if answer.HoursWrong {
		r.HoursDiffer++
		r.look(answer, seen("hours", *row, b), national.OfHours, "看不懂时长")
		return
	}
	if answer.Minutes < 0 {
		return
	}
	ours := sentMinutes(m, row.Minutes)
	r.OurMinutes, r.TheirMinutes = r.OurMinutes+row.Minutes, r.TheirMinutes+answer.Minutes
	if answer.Minutes == ours {
		r.TheirMinutes += row.Minutes - ours // what rounding to decimals took is nobody's difference
		return
	}
	r.HoursDiffer++
	found := seen("hours", *row, b)
	found.Ours, found.Theirs = row.Minutes, answer.Minutes
	r.look(answer, found, national.OfHours, fmt.Sprintf("报的是 %d 分钟，回执是 %d 分钟", row.Minutes, answer.Minutes))
}

// sentMinutes is what hours with so few decimals say of minutes.
func sentMinutes(m domain.NationalMapping, minutes int) int {
	for _, c := range m.Sheet(domain.NationalService).Columns {
		if c.Field == "hours" {
			return int(math.Round(c.Hours(minutes) * 60))
		}
	}
	return minutes
}

func seen(kind string, row domain.NationalRow, b domain.NationalBatch) ReconciledRow {
	return ReconciledRow{Kind: kind, Group: row.Group, RowNumber: domain.RowNumber(b.Number, row.Group, row.Place), VolunteerID: row.VolunteerID, TeamID: row.TeamID}
}

func (r *Reconciled) look(answer national.Row, found ReconciledRow, column, text string) {
	found.Line = answer.Line
	if found.RowNumber == "" {
		found.RowNumber, found.Group = answer.Number, answer.Group
	}
	if found.Reason == "" {
		found.Reason = text
	}
	r.Rows = append(r.Rows, found)
	r.marked = append(r.marked, national.Finding{Row: answer, Column: column, Text: text})
}

func firstRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}
