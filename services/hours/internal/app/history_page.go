package app

import (
	"bytes"
	"context"

	"github.com/qihe-volunteers/qihe/services/hours/internal/domain"
	"github.com/qihe-volunteers/qihe/services/hours/internal/store"
	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
	"github.com/qihe-volunteers/qihe/shared/picture"
	"github.com/qihe-volunteers/qihe/shared/postgres"
)

// maxPDF is the largest PDF, in bytes.
const maxPDF = 8 << 20

// What can be wrong with a page.
var (
	errPDFTooLarge = apperr.New(apperr.Invalid, "history_pdf_too_large", "PDF 超过 8 MB。请分成几份，或者用手机拍照上传。", "The PDF is larger than 8 MB. Please split it, or take pictures instead.")
	errPDFBroken   = apperr.New(apperr.Invalid, "history_pdf_broken", "这个 PDF 打不开，可能没有传完整，或者有打开密码。请换一份再传。", "This PDF cannot be opened; it may not have come whole, or have a password. Please try another.")
	errPDFActive   = apperr.New(apperr.Invalid, "history_pdf_active", "这个 PDF 里有程序或附件，不能收。请用手机拍照上传，或者重新扫描成 PDF。", "This PDF holds a program or attachments and is not taken. Please take pictures instead, or scan it again.")
)

// AddHistoryPage adds a page of the register to an import of the reader's: a
// picture, encoded anew without anything that its camera wrote, or a PDF. The id
// is made by the phone; sending it again adds nothing.
func (a *App) AddHistoryPage(ctx context.Context, importID, pageID string, file []byte) error {
	if err := a.db.Read(ctx, func(q postgres.Querier) error { // before the work
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		i, err := store.FindHistory(ctx, q, importID)
		if err == nil && !reader.self.Is(i.UploadedBy) {
			err = domain.ErrNoHistory
		}
		return err
	}); err != nil {
		return err
	}
	kind, content, err := a.pageOf(ctx, file)
	if err != nil {
		return err
	}
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		i, err := a.lockOwnHistory(ctx, q, importID)
		if err != nil {
			return err
		}
		pages, err := store.ListPages(ctx, q, importID)
		if err != nil {
			return err
		}
		number := 0
		for _, p := range pages {
			if p.ID == pageID {
				return nil
			}
			number = max(number, p.Number)
		}
		if len(pages) >= domain.MostHistoryPages {
			return domain.ErrHistoryPages
		}
		p := domain.HistoryPage{ID: pageID, ImportID: importID, Number: number + 1, Kind: kind, Size: len(content), AddedAt: a.clock.Now()}
		if err := store.InsertPage(ctx, q, a.papers, p, content); err != nil {
			return err
		}
		return store.UpdateHistory(ctx, q, i)
	})
}

// pageOf returns what is kept of a file.
func (a *App) pageOf(ctx context.Context, file []byte) (domain.HistoryPageKind, []byte, error) {
	if bytes.HasPrefix(file, []byte("%PDF-")) {
		return domain.HistoryPDF, file, checkPDF(file)
	}
	select { // a decoded picture takes much room: one at a time
	case a.scanning <- struct{}{}:
		defer func() { <-a.scanning }()
	case <-ctx.Done():
		return "", nil, ctx.Err()
	}
	scan, err := picture.Scan(file)
	return domain.HistoryJPEG, scan, err
}

// checkPDF refuses what an officer's reader could not show, or would carry out.
func checkPDF(file []byte) error {
	if len(file) > maxPDF {
		return errPDFTooLarge
	}
	if !bytes.Contains(file[max(0, len(file)-1024):], []byte("%%EOF")) || bytes.Contains(file, []byte("/Encrypt")) {
		return errPDFBroken
	}
	for _, active := range []string{"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia", "/XFA"} {
		if bytes.Contains(file, []byte(active)) {
			return errPDFActive
		}
	}
	return nil
}

// DropHistoryPage takes a page out of an import of the reader's.
func (a *App) DropHistoryPage(ctx context.Context, pageID string) error {
	return a.db.InTx(ctx, func(q postgres.Querier) error {
		p, err := store.FindPage(ctx, q, pageID)
		if err != nil {
			return err
		}
		i, err := a.lockOwnHistory(ctx, q, p.ImportID)
		if err != nil {
			return hidePage(err)
		}
		if err := store.DeletePage(ctx, q, pageID); err != nil {
			return err
		}
		return store.UpdateHistory(ctx, q, i)
	})
}

// ReadHistoryPage returns what a page shows: to its uploader until the import was
// approved, and to who decides for the region once it was handed in, which is
// recorded. It holds other people's names: nobody else sees it.
func (a *App) ReadHistoryPage(ctx context.Context, pageID string) (content []byte, kind domain.HistoryPageKind, err error) {
	if !id.Valid(pageID) {
		return nil, "", domain.ErrNoHistoryPage
	}
	err = a.db.InTx(ctx, func(q postgres.Querier) error {
		reader, err := a.crewOf(ctx, q)
		if err != nil {
			return err
		}
		p, err := store.FindPage(ctx, q, pageID)
		if err != nil {
			return err
		}
		i, err := store.FindHistory(ctx, q, p.ImportID)
		if err != nil {
			return err
		}
		uploader := reader.self.Is(i.UploadedBy) && i.State != domain.HistoryApproved
		officer := reader.Decides(i.RegionPath) && !i.Open()
		switch {
		case !uploader && !officer:
			return domain.ErrNoHistoryPage
		case !uploader:
			if err := store.InsertPageRead(ctx, q, pageID, reader.VolunteerID, a.clock.Now()); err != nil {
				return err
			}
		}
		kind = p.Kind
		content, err = store.OpenPage(ctx, q, a.papers, pageID)
		return err
	})
	return content, kind, err
}

// hidePage says of a page of others' that there is none.
func hidePage(err error) error {
	if err == domain.ErrNoHistory { //nolint:errorlint // it is this very error
		return domain.ErrNoHistoryPage
	}
	return err
}
