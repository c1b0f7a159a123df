package app

import (
	"context"
	"maps"
	"slices"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// mostHistory is how many imports a list has.
const mostHistory = 100

// HistoryView is an import as its reader sees it; FindHistory fills in all, a
// list what is above Lines.
type HistoryView struct {
	store.HistorySize
	TeamName, Uploader, Decider string
	Mine                        bool  // the reader entered it
	MayNot                      error // why the reader does not decide; nil: they do

	FileName string // of a draft
	Dropped  []int  // places of its file that are left out
	Lines    []HistoryLine
	Roll     []domain.RollMember // whom a row can be about; of a draft
	Register []domain.HistoryPage
	MayLook  bool // at the pages
	Usable   int
	ToFix    int
}

// HistoryLine is a row with a name.
type HistoryLine struct {
	domain.DraftRow
	Name string
}

// ListHistory returns the imports of a brigade, to those who keep its register;
// without one those that the reader's regions handed in, the waiting first.
func (a *App) ListHistory(ctx context.Context, teamID string) ([]HistoryView, error) {
	var views []HistoryView
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		var found []store.HistorySize
		if teamID == "" {
			found, err = store.ListHistoryUnder(ctx, q, reader.RegionsDecided(), mostHistory)
		} else {
			team, ok := a.names.find(domain.Team, teamID)
			if !ok || !reader.keepsRegister(teamID, team.RegionPath) {
				return errNoTeam
			}
			found, err = store.ListHistoryOfTeam(ctx, q, teamID, reader.self.IDs(), mostHistory)
		}
		for _, i := range found {
			views = append(views, HistoryView{HistorySize: i, Mine: reader.self.Is(i.UploadedBy), MayNot: reader.mayNotDecideHistory(i.HistoryImport)})
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	a.nameHistory(ctx, views)
	return views, nil
}

// FindHistory returns an import with its rows: a draft to its uploader, with what
// is wrong and whom a row can be about; one that was handed in also to those who
// lead the brigade and officers of its region; NotFound to others.
func (a *App) FindHistory(ctx context.Context, importID string) (HistoryView, error) {
	var v HistoryView
	var reader crew
	err := a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if reader, err = a.crewOf(ctx, q); err != nil {
			return err
		}
		i, err := store.FindHistory(ctx, q, importID)
		if err == nil && !reader.seesHistory(i) {
			err = domain.ErrNoHistory
		}
		v.HistoryImport = i
		return err
	})
	if err != nil {
		return v, err
	}
	v.Mine, v.MayNot = reader.self.Is(v.UploadedBy), reader.mayNotDecideHistory(v.HistoryImport)
	v.MayLook = v.Mine && v.State != domain.HistoryApproved || reader.Decides(v.RegionPath) && !v.Open()
	if v.Open() {
		err = a.viewDraft(ctx, &v)
	} else {
		err = a.viewHandedIn(ctx, reader, &v)
	}
	if err != nil {
		return v, err
	}
	views := []HistoryView{v}
	a.nameHistory(ctx, views)
	v = views[0]
	v.sum()
	return v, nil
}

func (v *HistoryView) sum() {
	v.Rows, v.Minutes, v.Pages = 0, 0, len(v.Register)
	for _, l := range v.Lines {
		if l.Struck != "" {
			continue
		}
		v.Rows++
		v.Minutes += l.Minutes
		if l.Usable() {
			v.Usable++
		}
	}
	v.ToFix = v.Rows - v.Usable
}

// viewDraft judges a draft as of now.
func (a *App) viewDraft(ctx context.Context, v *HistoryView) error {
	roll, err := a.roll(ctx, v.TeamID)
	if err != nil {
		return err
	}
	var rows []domain.DraftRow
	err = a.db.Read(ctx, func(q postgres.Querier) error {
		var d domain.HistoryDraft
		if d, rows, v.Register, err = a.judgeDraft(ctx, q, v.ID, roll); err != nil {
			return err
		}
		v.FileName, v.Dropped = d.FileName, d.Dropped()
		return nil
	})
	v.Roll = roll.Members()
	for _, r := range rows {
		v.Lines = append(v.Lines, HistoryLine{r, roll.Name(r.VolunteerID)})
	}
	return err
}

func (a *App) judgeDraft(ctx context.Context, q postgres.Querier, importID string, roll domain.Roll) (d domain.HistoryDraft, rows []domain.DraftRow, pages []domain.HistoryPage, err error) {
	if d, err = store.FindDraft(ctx, q, a.papers, importID); err != nil {
		return d, nil, nil, err
	}
	if pages, err = store.ListPages(ctx, q, importID); err != nil {
		return d, nil, nil, err
	}
	rows = d.Merged()
	for i := range rows { // whom they name says of whom more is to be known
		roll.Match(&rows[i])
	}
	known, err := knownToHistory(ctx, q, importID, rows)
	if err != nil {
		return d, nil, nil, err
	}
	domain.JudgeHistory(rows, roll, pages, known, domain.DayOf(a.clock.Now()))
	return d, rows, pages, nil
}

// viewHandedIn shows rows as they were handed in; while they wait, with what
// would keep them from counting now.
func (a *App) viewHandedIn(ctx context.Context, reader crew, v *HistoryView) error {
	var rows []domain.DraftRow
	err := a.db.Read(ctx, func(q postgres.Querier) error {
		handed, err := store.ListHistoryRows(ctx, q, v.ID)
		if err != nil {
			return err
		}
		if v.Register, err = store.ListPages(ctx, q, v.ID); err != nil {
			return err
		}
		rows = draftsOf(handed)
		if v.State != domain.HistorySubmitted {
			return nil
		}
		known, err := knownToHistory(ctx, q, v.ID, rows)
		if err != nil {
			return err
		}
		known.Judge(rows)
		return nil
	})
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	for _, r := range rows {
		ids[r.VolunteerID] = true
	}
	persons := a.people.Find(ctx, slices.Sorted(maps.Keys(ids)))
	for _, r := range rows {
		if v.State == domain.HistorySubmitted && !v.Mine && reader.self.Is(r.VolunteerID) {
			r.Find(domain.HistoryOwnRow)
		}
		v.Lines = append(v.Lines, HistoryLine{r, nameOf(persons, r.VolunteerID)})
	}
	return nil
}

func draftsOf(rows []domain.HistoryRow) []domain.DraftRow {
	drafts := make([]domain.DraftRow, len(rows))
	for i, r := range rows {
		drafts[i] = domain.DraftRow{Place: r.Place, HistoryRow: r}
	}
	return drafts
}

// nameHistory fills in names, outside any transaction.
func (a *App) nameHistory(ctx context.Context, views []HistoryView) {
	var ids []string
	for _, v := range views {
		if ids = append(ids, v.UploadedBy); v.DecidedBy != "" {
			ids = append(ids, v.DecidedBy)
		}
	}
	persons := a.people.Find(ctx, ids)
	for i := range views {
		v := &views[i]
		v.TeamName, v.Uploader, v.Decider = a.names.name(domain.Team, v.TeamID), nameOf(persons, v.UploadedBy), nameOf(persons, v.DecidedBy)
	}
}

// MayNotCode is MayNot as a code; empty when the reader decides.
func (v HistoryView) MayNotCode() string {
	if e, ok := v.MayNot.(*apperr.Error); ok { //nolint:errorlint // made here, never wrapped
		return e.Code
	}
	return ""
}
