package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
	"github.com/qihe-volunteers/qihe/shared/id"
)

// VouchLife is how long a number that somebody vouched for can prove itself:
// they stand beside the person, whose phone is in her hand.
const VouchLife = time.Hour

var (
	// ErrSamePhone says that a new number is the one that is registered.
	ErrSamePhone = apperr.New(apperr.Conflict, "same_phone", "登记的就是这个号码，不用更换。", "This number is the one that is registered already.")
	// ErrOfficersPhone says that a leader does not change an officer's number.
	ErrOfficersPhone = apperr.New(apperr.Forbidden, "officers_phone", "这位有妇联工作权限，手机号要由另一位妇联干部更换。", "This person holds an officer’s authority; another officer must change the number.")
	// ErrNoPhoneChange says that there is no such change, or not for the asker to see.
	ErrNoPhoneChange = apperr.New(apperr.NotFound, "no_such_phone_change", "没有这次更换。", "There is no such change.")
	// ErrNotUndone says that a change cannot be taken back: not done, or too long ago.
	ErrNotUndone = apperr.New(apperr.Conflict, "phone_change_stays", "这次更换不能撤销了：还没有生效，或过了期限。可以再换一次。", "This change can no longer be taken back: it did not happen, or is too long ago. The number can be changed once more.")
)

// PhoneChangeState is where a change of a number stands.
type PhoneChangeState string

// An open change waits for the new number to prove itself, and expires. A taken
// one proved to be that of another record. A replaced one gave way to a newer.
const (
	PhoneChangeOpen     PhoneChangeState = "open"
	PhoneChangeDone     PhoneChangeState = "done"
	PhoneChangeTaken    PhoneChangeState = "taken"
	PhoneChangeReplaced PhoneChangeState = "replaced"
	PhoneChangeUndone   PhoneChangeState = "undone"
)

// PhoneChange is a new number of somebody, vouched for face to face by another.
type PhoneChange struct {
	ID          string
	VolunteerID string
	VouchedBy   string
	PhoneIndex  []byte
	PhoneMasked string
	Before      Phone // the number before, as long as it can be put back
	State       PhoneChangeState
	CreatedAt   time.Time
	ExpiresAt   time.Time
	DecidedAt   time.Time // zero while open
	UndoUntil   time.Time // zero unless it is done
	UndoneBy    string
}

// NewPhoneChange returns a change that waits for the number to prove itself.
func NewPhoneChange(volunteerID, by string, phone Phone, phoneIndex []byte, now time.Time) PhoneChange {
	return PhoneChange{
		ID: id.New(), VolunteerID: volunteerID, VouchedBy: by, PhoneIndex: phoneIndex, PhoneMasked: phone.Masked(),
		State: PhoneChangeOpen, CreatedAt: now, ExpiresAt: now.Add(VouchLife),
	}
}

// Open reports whether the new number may still prove itself.
func (c PhoneChange) Open(now time.Time) bool {
	return c.State == PhoneChangeOpen && now.Before(c.ExpiresAt)
}

// Do carries the change out on its person, and keeps the number before for a while.
func (c *PhoneChange) Do(v *Volunteer, phone Phone, undo time.Duration, now time.Time) {
	c.State, c.DecidedAt, c.UndoUntil, c.Before = PhoneChangeDone, now, now.Add(undo), v.Phone
	v.ChangePhone(phone)
}

// Take notes that the number proved to be that of another record.
func (c *PhoneChange) Take(now time.Time) { c.State, c.DecidedAt = PhoneChangeTaken, now }

// Undoable reports whether the change can be taken back.
func (c PhoneChange) Undoable(now time.Time) bool {
	return c.State == PhoneChangeDone && now.Before(c.UndoUntil)
}

// Undo takes the change back: the number before is the person's again, unless
// somebody else has it by now; then none is. It returns ErrNotUndone.
func (c *PhoneChange) Undo(v *Volunteer, by string, taken bool, now time.Time) error {
	if !c.Undoable(now) {
		return ErrNotUndone
	}
	before := c.Before
	if taken {
		before = ""
	}
	c.State, c.DecidedAt, c.UndoneBy, c.Before = PhoneChangeUndone, now, by, ""
	v.ChangePhone(before)
	return nil
}

// ChangePhone gives the person another number, or none.
func (v *Volunteer) ChangePhone(phone Phone) {
	v.Phone = phone
	v.Version++
}
