package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/people"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// CorrectionView is a question about a line with all that its reader may know of it.
type CorrectionView struct {
	domain.Correction
	Entry    domain.Entry
	Anew     *domain.Entry // what took the line's place
	Person   string        // whose line it is; as on boards for who raised an objection
	Team     string
	Asker    string   // name; empty for an objector's, of whom the volunteer and the brigade do not hear
	Mine     bool     // the reader asked
	Deciders []string // names of those who lead with whom it lies
	Office   string   // name of the federation with which it lies
	Decider  string   // name of who decided
	MayNot   error    // why the reader does not decide; nil: they do
}

// MayDecide reports whether the question is the reader's to decide now.
func (v CorrectionView) MayDecide() bool { return v.State == domain.CorrectionOpen && v.MayNot == nil }

// FindCorrection returns a question to who asked and to everybody who may know
// whose the line is; NotFound to others.
func (a *App) FindCorrection(ctx context.Context, correctionID string) (CorrectionView, error) {
	views, _, err := a.viewCorrections(ctx, "", func(q postgres.Querier, _ crew, _ store.CorrectionsPage) ([]domain.Correction, error) {
		c, err := store.FindCorrection(ctx, q, correctionID)
		return []domain.Correction{c}, err
	})
	if err == nil && len(views) == 0 {
		err = domain.ErrNoSuchCorrection
	}
	if err != nil {
		return CorrectionView{}, err
	}
	return views[0], nil
}

// correctionsOfAPage is how many questions a page of a list has at most.
const correctionsOfAPage = 50

// ListCorrectionsToDecide returns the questions that are the reader's to decide
// now, or would be if they were somebody else, the most pressing first. With the
// code of a region only those that lie with an office there or below. A code that no
// region has is Invalid. All lists of questions are read page by page: what is
// returned beside the first fifty is given as after to have the next.
func (a *App) ListCorrectionsToDecide(ctx context.Context, regionCode, after string) (page []CorrectionView, next string, err error) {
	within, err := a.pathOf(regionCode)
	if err != nil {
		return nil, "", err
	}
	return a.viewCorrections(ctx, after, func(q postgres.Querier, reader crew, p store.CorrectionsPage) ([]domain.Correction, error) {
		led := reader.led
		if regionCode != "" {
			led = nil
		}
		return store.ListCorrectionsToDecide(ctx, q, led, narrowed(reader.RegionsDecided(), within), p)
	})
}

// ListDecidedCorrections returns what was decided about lines of the reader's
// regions, newest first; with the code of a region, there or below.
func (a *App) ListDecidedCorrections(ctx context.Context, regionCode, after string) (page []CorrectionView, next string, err error) {
	within, err := a.pathOf(regionCode)
	if err != nil {
		return nil, "", err
	}
	return a.viewCorrections(ctx, after, func(q postgres.Querier, reader crew, p store.CorrectionsPage) ([]domain.Correction, error) {
		return store.ListDecidedCorrections(ctx, q, narrowed(reader.Regions(), within), p)
	})
}

// pathOf returns the path of the region with that code; none for no code.
func (a *App) pathOf(regionCode string) (string, error) {
	if regionCode == "" {
		return "", nil
	}
	region, ok := a.names.find(domain.Region, regionCode)
	if !ok {
		return "", apperr.For("region", errScope)
	}
	return region.RegionPath, nil
}

// narrowed returns what of the regions with these paths lies within another.
func narrowed(paths []string, within string) (both []string) {
	for _, path := range paths {
		switch {
		case strings.HasPrefix(path, within):
			both = append(both, path)
		case strings.HasPrefix(within, path):
			both = append(both, within)
		}
	}
	return both
}

// ListMyCorrections returns what the reader asked, and what was asked about them, newest first.
func (a *App) ListMyCorrections(ctx context.Context, after string) (page []CorrectionView, next string, err error) {
	return a.viewCorrections(ctx, after, func(q postgres.Querier, reader crew, p store.CorrectionsPage) ([]domain.Correction, error) {
		return store.ListCorrectionsOf(ctx, q, reader.self, p)
	})
}

// ListTeamCorrections returns what was asked about lines of a brigade, newest
// first, to who leads it and to officers of its region.
func (a *App) ListTeamCorrections(ctx context.Context, teamID, after string) (page []CorrectionView, next string, err error) {
	if teamID == "" {
		return nil, "", apperr.For("team_id", errScope)
	}
	return a.viewCorrections(ctx, after, func(q postgres.Querier, _ crew, p store.CorrectionsPage) ([]domain.Correction, error) {
		return store.ListCorrectionsOfTeam(ctx, q, teamID, p)
	})
}

// viewCorrections describes those of a page of which the reader may know.
func (a *App) viewCorrections(ctx context.Context, after string, list func(q postgres.Querier, reader crew, p store.CorrectionsPage) ([]domain.Correction, error)) (views []CorrectionView, next string, err error) {
	if after != "" && !id.Valid(after) {
		return nil, "", apperr.For("after", errAfter)
	}
	var reader crew
	deciding := map[string][]string{} // by question: who decides, by id
	offices := map[string]string{}
	err = a.db.Read(ctx, func(q postgres.Querier) (err error) {
		if reader, err = a.crewOf(ctx, q); err != nil {
			return err
		}
		found, err := list(q, reader, store.CorrectionsPage{After: after, Most: correctionsOfAPage + 1})
		if err != nil {
			return err
		}
		if len(found) > correctionsOfAPage {
			found = found[:correctionsOfAPage]
			next = found[correctionsOfAPage-1].ID
		}
		if views, err = withLines(ctx, q, reader, found); err != nil {
			return err
		}
		var paths []string
		for _, v := range views {
			if paths = append(paths, v.Place.OfficePath); v.State != domain.CorrectionOpen || v.Place.Turn != domain.TurnLeader {
				continue
			}
			deciders, err := a.decidersOf(ctx, q, v.Entry)
			if err != nil {
				return err
			}
			deciding[v.ID] = deciders.At(v.Correction, v.Place)
		}
		offices, err = store.ListOfficeNames(ctx, q, paths)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	a.nameCorrections(ctx, reader, views, deciding, offices)
	return views, next, nil
}

// withLines puts the lines beside the questions, and leaves out what is not the reader's to know.
func withLines(ctx context.Context, q postgres.Querier, reader crew, found []domain.Correction) ([]CorrectionView, error) {
	var entryIDs, ids []string
	for _, c := range found {
		entryIDs, ids = append(entryIDs, c.EntryID), append(ids, c.ID)
	}
	lines, err := store.ListEntriesByID(ctx, q, entryIDs)
	if err != nil {
		return nil, err
	}
	anew, err := store.ListEntriesBySource(ctx, q, domain.SourceCorrection, ids)
	if err != nil {
		return nil, err
	}
	bySource := map[string]*domain.Entry{}
	for _, e := range anew {
		bySource[e.SourceID] = &e
	}
	var views []CorrectionView
	for _, c := range found {
		if e := lines[c.EntryID]; reader.follows(c, e) {
			views = append(views, CorrectionView{
				Correction: c, Entry: e, Anew: bySource[c.ID], Mine: reader.self.Is(c.AskedBy), MayNot: reader.decider(c.TeamID).May(c, e.ConfirmedBy),
			})
		}
	}
	return views, nil
}

// nameCorrections fills in names, outside any transaction.
func (a *App) nameCorrections(ctx context.Context, reader crew, views []CorrectionView, deciding map[string][]string, offices map[string]string) {
	ids := map[string]bool{}
	for _, v := range views {
		for _, id := range append([]string{v.VolunteerID, v.AskedBy, v.DecidedBy}, deciding[v.ID]...) {
			ids[id] = true
		}
	}
	delete(ids, "")
	persons := a.people.Find(ctx, slices.Sorted(maps.Keys(ids)))
	for i := range views {
		v := &views[i]
		name := people.Person.FullName
		strange := !reader.knows(v.Entry)
		if strange {
			name = people.Person.BoardName
		}
		v.Person, v.Team = name(persons[v.VolunteerID]), a.names.name(domain.Team, v.TeamID)
		if v.AskedAs != domain.AsObjector || v.Mine || reader.hearsWhoObjects(v.Entry) {
			v.Asker = name(persons[v.AskedBy])
		}
		if v.DecidedBy != "" {
			v.Decider = name(persons[v.DecidedBy])
		}
		for _, id := range deciding[v.ID] {
			v.Deciders = append(v.Deciders, name(persons[id]))
		}
		if v.Place.Turn == domain.TurnOffice {
			v.Office = a.officeName(v.Place.OfficePath, offices)
		}
		if strange {
			v.Entry = v.Entry.ForStrangers()
		}
	}
}

// hearsWhoObjects reports whether the reader may know who raised an objection:
// officers do, but for whom the line is about and those of its brigade.
func (c crew) hearsWhoObjects(e domain.Entry) bool {
	return c.Principal.Decides(e.RegionPath) && !c.self.Is(e.VolunteerID) && !c.leads(e.TeamID)
}

// officeName returns what the federation of a region is called.
func (a *App) officeName(regionPath string, known map[string]string) string {
	if name, ok := known[regionPath]; ok {
		return name
	}
	return a.names.regionName(regionPath) + "妇联"
}
