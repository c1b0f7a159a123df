package app

import (
	"context"
	"crypto/sha256"
	"strings"
	"unicode/utf8"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/form"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/idempotency"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

var (
	errFileName  = apperr.New(apperr.Invalid, "file_name", "文件名太长，请改短一些。", "The file's name is too long.")
	errFileSize  = apperr.New(apperr.Invalid, "file_size", "文件要在 3 MB 以内。", "The file has 3 MB at most.")
	errProgramme = apperr.New(apperr.Invalid, "no_such_programme", "没有这个项目。", "There is no such programme.")
)

const mostFile = 3 << 20

// ownForm is a form with its versions, as an officer reached it.
type ownForm struct {
	domain.ReportForm
	history domain.FormHistory
	who     officer
}

// mayDecide reports whether the officer decides for the form's region.
func (f ownForm) mayDecide() bool { return f.who.Decides(f.RegionPath) }

// reportForm returns a form to officers of its region or of one above it, and
// domain.ErrNoForm to others.
func (a *App) reportForm(ctx context.Context, q postgres.Querier, formID string) (f ownForm, err error) {
	if f.who, err = officerOf(ctx, q); err != nil {
		return f, err
	}
	if f.ReportForm, err = store.FindReportForm(ctx, q, formID); err != nil {
		return f, err
	}
	if !f.who.Covers(f.RegionPath) {
		return f, domain.ErrNoForm
	}
	histories, err := store.FindFormHistories(ctx, q, formID)
	f.history = histories[formID]
	return f, err
}

// Upload is a workbook that is to become a form, or the next version of one.
type Upload struct {
	FormID   string            // empty: a new form
	Region   string            // code; of a new form
	Kind     domain.PeriodKind // of a new form
	Name     string            // of the form
	FileName string
	Content  []byte
}

// Uploaded is what became of an upload.
type Uploaded struct {
	FormID string
	Bound  int      // cells
	Wrong  []string // cells with a placeholder that is not understood: "B4：{{…}}"
}

// UploadForm takes a workbook in. Placeholders in its cells are bound at once;
// bindings that the form had stay where the new file still has their cells. It is
// for who decides for the region; to officers who do not it returns Forbidden, to
// others NotFound.
func (a *App) UploadForm(ctx context.Context, u Upload) (Uploaded, error) {
	book, err := u.open()
	if err != nil {
		return Uploaded{}, err
	}
	defer book.Close()
	key := []any{u.FormID, u.Region, u.Kind, u.Name, sha256.Sum256(u.Content)}
	return idempotency.Do(ctx, a.db, a.clock.Now(), "upload_report_form", key, func(q postgres.Querier) (Uploaded, error) {
		f, v, err := a.formFor(ctx, q, u)
		if err != nil {
			return Uploaded{}, err
		}
		done := Uploaded{FormID: f.ID}
		if v.FileID, err = store.InsertReportFile(ctx, q, u.FileName, u.Content); err != nil {
			return done, err
		}
		kept := v.Bindings[:0:0]
		for _, b := range v.Bindings {
			if book.Check(form.At{Sheet: b.Sheet, Cell: b.Cell}) == nil {
				kept = append(kept, b)
			}
		}
		if v.Bindings, done.Wrong, err = a.bindPlaceholders(f.ReportForm, book, kept); err != nil {
			return done, err
		}
		done.Bound = len(v.Bindings)
		v, err = domain.NewFormVersion(v, f.who.VolunteerID, a.clock.Now())
		if err != nil {
			return done, err
		}
		_, err = store.InsertFormVersion(ctx, q, v)
		return done, err
	})
}

func (u *Upload) open() (*form.Book, error) {
	switch n := utf8.RuneCountInString(u.FileName); {
	case n > 200:
		return nil, apperr.For("file_name", errFileName)
	case len(u.Content) > mostFile:
		return nil, errFileSize
	}
	return form.Open(u.Content)
}

// formFor returns the form that an upload is for, and the version that it begins from.
func (a *App) formFor(ctx context.Context, q postgres.Querier, u Upload) (ownForm, domain.FormVersion, error) {
	now := a.clock.Now()
	if u.FormID != "" {
		f, err := a.reportForm(ctx, q, u.FormID)
		if err != nil {
			return f, domain.FormVersion{}, err
		}
		if !f.mayDecide() {
			return f, domain.FormVersion{}, errNotDeciding
		}
		v := f.history.Newest()
		if name := strings.TrimSpace(u.Name); name != "" {
			v.Name = name
		}
		v.ValidFrom = max(v.ValidFrom, domain.PeriodOf(f.PeriodKind, domain.DayOf(now)).Start)
		return f, v, store.LockReportForm(ctx, q, f.ID)
	}
	region, err := a.authorizeOverview(ctx, u.Region)
	if err != nil {
		return ownForm{}, domain.FormVersion{}, err
	}
	f := ownForm{}
	if f.who, err = officerOf(ctx, q); err != nil {
		return f, domain.FormVersion{}, err
	}
	if f.ReportForm, err = domain.NewReportForm(region.RegionPath, u.Kind, f.who.VolunteerID, now); err != nil {
		return f, domain.FormVersion{}, err
	}
	if !f.mayDecide() {
		return f, domain.FormVersion{}, errNotDeciding
	}
	v := domain.FormVersion{FormID: f.ID, Name: u.Name, ValidFrom: domain.PeriodOf(f.PeriodKind, domain.DayOf(now)).Start}
	return f, v, store.InsertReportForm(ctx, q, f.ReportForm)
}

// bindPlaceholders adds what is written into the cells of a book to bindings, and
// says which cells are not understood.
func (a *App) bindPlaceholders(f domain.ReportForm, book *form.Book, bindings []domain.Binding) (all []domain.Binding, wrong []string, err error) {
	found, err := book.Placeholders()
	if err != nil {
		return nil, nil, err
	}
	all = bindings
	for _, p := range found {
		b := domain.Binding{Sheet: p.At.Sheet, Cell: p.At.Cell, Text: p.Text, Indicator: p.Indicator, Unit: p.Unit, Verification: p.Verification, Span: p.Span}
		if p.Programme != "" {
			if b.ProgrammeID = a.names.idOf(domain.Programme, p.Programme, ""); b.ProgrammeID == "" {
				p.Wrong = p.Programme
			}
		}
		if p.Region != "" {
			if b.RegionCode = a.names.idOf(domain.Region, p.Region, f.RegionPath); b.RegionCode == "" {
				p.Wrong = p.Region
			}
		}
		if p.Wrong != "" || a.checkBinding(f, b) != nil || book.Check(p.At) != nil {
			wrong = append(wrong, p.At.Sheet+"!"+p.At.Cell+" "+p.Wrong)
			continue
		}
		all = append(without(all, b), b)
	}
	return all, wrong, nil
}

func without(bindings []domain.Binding, b domain.Binding) []domain.Binding {
	kept := bindings[:0:0]
	for _, other := range bindings {
		if other.Sheet != b.Sheet || other.Cell != b.Cell {
			kept = append(kept, other)
		}
	}
	return kept
}

// checkBinding returns nil when what a binding names is there, and the region's.
func (a *App) checkBinding(f domain.ReportForm, b domain.Binding) error {
	if b.ProgrammeID != "" {
		if _, ok := a.names.find(domain.Programme, b.ProgrammeID); !ok {
			return apperr.For("bindings", errProgramme)
		}
	}
	if b.RegionCode != "" {
		if region, ok := a.names.find(domain.Region, b.RegionCode); !ok || !strings.HasPrefix(region.RegionPath, f.RegionPath) {
			return apperr.For("bindings", errNoRegion)
		}
	}
	return nil
}

// SetForm adds a version that says anew how a form is filled, from ValidFrom on;
// it keeps the file. It is for who decides for the form's region.
func (a *App) SetForm(ctx context.Context, formID string, v domain.FormVersion) error {
	_, err := idempotency.Do(ctx, a.db, a.clock.Now(), "set_report_form", []any{formID, v}, func(q postgres.Querier) (struct{}, error) {
		f, err := a.reportForm(ctx, q, formID)
		if err != nil {
			return struct{}{}, err
		}
		if !f.mayDecide() {
			return struct{}{}, errNotDeciding
		}
		if err := store.LockReportForm(ctx, q, formID); err != nil {
			return struct{}{}, err
		}
		v.FormID, v.FileID = formID, f.history.Newest().FileID
		if v, err = domain.NewFormVersion(v, f.who.VolunteerID, a.clock.Now()); err != nil {
			return struct{}{}, err
		}
		if err := a.checkBindings(ctx, q, f.ReportForm, v); err != nil {
			return struct{}{}, err
		}
		_, err = store.InsertFormVersion(ctx, q, v)
		return struct{}{}, err
	})
	return err
}

func (a *App) checkBindings(ctx context.Context, q postgres.Querier, f domain.ReportForm, v domain.FormVersion) error {
	content, err := store.FindReportFile(ctx, q, v.FileID)
	if err != nil {
		return err
	}
	book, err := form.Open(content)
	if err != nil {
		return err
	}
	defer book.Close()
	for _, b := range v.Bindings {
		if err := book.Check(form.At{Sheet: b.Sheet, Cell: b.Cell}); err != nil {
			return err
		}
		if err := a.checkBinding(f, b); err != nil {
			return err
		}
	}
	return nil
}

// SampleForm returns a workbook to begin with. It is for anybody signed in.
func (a *App) SampleForm(ctx context.Context) ([]byte, error) {
	if _, err := auth.From(ctx); err != nil {
		return nil, err
	}
	return form.Sample()
}
