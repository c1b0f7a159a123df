package domain

import (
	"time"

	"github.com/qihe-volunteers/qihe/shared/apperr"
)

var (
	// ErrStillLeads says that a brigade would be left without its leader.
	ErrStillLeads = apperr.New(apperr.Conflict, "still_leads", "您还是“{team}”的队长。请先把队伍交接给别人，再注销。", "You still lead “{team}”. Please hand the team over first.")
	// ErrEraseWord says that the word was not typed by which somebody shows that they mean it.
	ErrEraseWord = apperr.New(apperr.Invalid, "erase_word", "请输入“注销”两个字，表示您想好了。", "Please type 注销 to show that you mean it.")
	// ErrNoPhone says that somebody without a phone cannot prove who they are by a code.
	ErrNoPhone = apperr.New(apperr.Conflict, "no_phone", "您没有登记手机号，收不到验证码。请到妇联书面办理。", "No phone is registered for you, so no code can be sent. Please ask the federation’s office in writing.")
	// ErrOwnErasure says that an officer cannot use the officers' way for themself.
	ErrOwnErasure = apperr.New(apperr.Forbidden, "own_erasure", "注销自己的账号，请在“我的 → 隐私与数据”里办理。", "To erase your own account, please use your own privacy page.")
)

// ErasedName stands where the name was.
const ErasedName = "已注销"

// EraseWord is typed by whoever means it.
const EraseWord = "注销"

// Erase takes everything from the record that says who it was. What stays is
// the number, by which the hours keep their owner, and the day of joining.
func (v *Volunteer) Erase() {
	*v = Volunteer{
		ID: v.ID, Number: v.Number, Name: ErasedName, State: VolunteerErased, JoinedAt: v.JoinedAt, Version: v.Version + 1,
	}
}

// Withdrawal returns the no that ends a consent because its person leaves.
func (c Consent) Withdrawal(id, recordedBy string, now time.Time) Consent {
	c.ID, c.Given, c.At, c.SaidBy, c.RecordedBy = id, false, now, SaidBySelf, recordedBy
	return c
}
