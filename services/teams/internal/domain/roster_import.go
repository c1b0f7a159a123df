package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrNoImport says that there is no such import, or not for the asker to see.
	ErrNoImport = apperr.New(apperr.NotFound, "no_such_import", "没有这次导入。", "There is no such import.")
	// ErrImportNotJudged refuses to apply what is not judged, or was applied already.
	ErrImportNotJudged = apperr.New(apperr.Conflict, "import_not_judged", "这次导入现在不能确认：还没有核对完，或者已经处理过了。请刷新页面。", "This import cannot be confirmed now: it is not judged yet, or dealt with already. Please reload the page.")
	// ErrImportHasErrors refuses a roster with rows to put right, unless only the others are wanted.
	ErrImportHasErrors = apperr.New(apperr.Conflict, "import_has_errors", "还有要改的行。请改好后重新上传；如果只想导入可用的行，请先勾选。", "Some rows must be put right. Please upload the file again; or choose to import the usable rows only.")
	// ErrImportOver says that the file of an import is not kept any more.
	ErrImportOver = apperr.New(apperr.Conflict, "import_over", "这次导入已经结束，文件没有保留。", "This import is over and its file is not kept.")
	// ErrImportBusy refuses to drop an import that is being applied.
	ErrImportBusy = apperr.New(apperr.Conflict, "import_busy", "正在导入，不能取消。", "It is being applied and cannot be dropped.")
	// ErrMayNotImport says that the asker is neither coordinator nor administrator of any region.
	ErrMayNotImport = apperr.New(apperr.Forbidden, "may_not_import", "导入名册要有协调员或管理员的授权。您是队长的话，请从自己的队伍导入。", "Importing a roster needs the authority of a coordinator or administrator. A leader imports from her own team's page.")
	// ErrImportFailed is why an import was given up that could not be carried out.
	ErrImportFailed = apperr.New(apperr.Invalid, "import_failed", "这个文件处理时出了错，没有导入任何内容。请另存一份 .xlsx 再试；还不行请联系管理员。", "Something went wrong with this file and nothing was imported. Please save it as a new .xlsx and try again, or ask the administrator.")
)

// ImportState is where an import stands.
type ImportState string

// The states of an import, in their usual order. An applied one can be seen by
// everybody and is still being told to the other services.
const (
	ImportWaiting   ImportState = "waiting"
	ImportJudged    ImportState = "judged"
	ImportRefused   ImportState = "refused"
	ImportConfirmed ImportState = "confirmed"
	ImportApplied   ImportState = "applied"
	ImportDone      ImportState = "done"
	ImportDiscarded ImportState = "discarded"
)

// Import is a roster that somebody uploaded.
type Import struct {
	ID         string
	CreatedBy  string
	CreatedAt  time.Time
	TeamID     string   // a leader's import; empty for an officer's
	Scope      []string // paths of the divisions the officer may write to
	Name       string   // of the file
	Size       int
	SHA256     []byte
	State      ImportState
	Refused    string // code of the sentence that says why
	Report     []byte // JSON; nil until it is judged
	UsableOnly bool
	Outdated   bool // it was confirmed, and what is known had changed by then
	Step       string
	Done, Of   int
	Tries      int
	EndedAt    time.Time // zero while it goes on
}

// Confirm lets a judged import be applied.
func (i *Import) Confirm(toFix int, usableOnly bool, scope []string) error {
	switch {
	case i.State != ImportJudged:
		return ErrImportNotJudged
	case toFix > 0 && !usableOnly:
		return ErrImportHasErrors
	}
	i.State, i.UsableOnly, i.Scope, i.Outdated = ImportConfirmed, usableOnly, scope, false
	i.Step, i.Done, i.Of, i.Tries = "", 0, 0, 0
	return nil
}

// Discard ends an import that is not wanted.
func (i *Import) Discard(now time.Time) error {
	switch i.State {
	case ImportConfirmed, ImportApplied:
		return ErrImportBusy
	case ImportDone, ImportDiscarded:
		return nil
	}
	i.State, i.EndedAt = ImportDiscarded, now
	return nil
}
