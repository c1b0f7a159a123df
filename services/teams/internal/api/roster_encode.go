package api

import (
	"strings"

	"github.com/qihe-volunteers/qihe/services/teams/internal/api/gen"
	"github.com/qihe-volunteers/qihe/services/teams/internal/app"
	"github.com/qihe-volunteers/qihe/services/teams/internal/roster"
)

func encodeImport(v app.ImportView, lang string) gen.Import {
	i := gen.Import{
		ImportID: v.ID, TeamID: v.TeamID, Name: v.Name, Size: v.Size, CreatedAt: v.CreatedAt, EndedAt: v.EndedAt,
		State: gen.ImportState(v.State), Outdated: v.Outdated, UsableOnly: v.UsableOnly,
		Step: gen.ImportStep(v.Step), StepDone: v.Done, StepOf: v.Of,
	}
	if v.Refused != "" {
		i.Refused = app.ImportRefusal(v.Refused).Text(lang)
	}
	if v.Import.Report != nil {
		i.Report = encodeReport(*v.Report, lang)
	}
	return i
}

func encodeReport(r roster.Report, lang string) gen.RosterReport {
	out := gen.RosterReport{
		Rows: r.Rows, Usable: r.Usable, ToFix: r.ToFix, Skipped: r.Skipped,
		Sheets: []gen.RosterSheet{}, Kinds: []gen.RosterKind{},
		Changes: gen.RosterChanges{
			NewTeams: r.Changes.NewTeams, ChangedTeams: r.Changes.ChangedTeams, NewPeople: r.Changes.NewPeople,
			ChangedPeople: r.Changes.ChangedPeople, NewMembers: r.Changes.NewMembers, ChangedMembers: r.Changes.ChangedMembers,
		},
	}
	for _, s := range r.Sheets {
		out.Sheets = append(out.Sheets, gen.RosterSheet{Name: s.Name, Of: gen.RosterSheetOf(s.Of), Header: s.Header, Rows: s.Rows, Unknown: append([]string{}, s.Unknown...)})
	}
	for _, k := range r.Kinds {
		out.Kinds = append(out.Kinds, encodeKind(k, lang))
	}
	return out
}

// encodeKind says what the kind is without what is different from row to row.
func encodeKind(k roster.KindReport, lang string) gen.RosterKind {
	sentence := strings.TrimRight(k.Kind.Sentence(lang), "：: ")
	out := gen.RosterKind{Kind: string(k.Kind), Sentence: sentence, Note: k.Note, Count: k.Count, Places: []gen.RosterPlace{}}
	for _, p := range k.Places {
		out.Places = append(out.Places, gen.RosterPlace{Sheet: p.Sheet, Line: p.Line})
	}
	return out
}
