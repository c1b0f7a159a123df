package domain

import "testing"

func TestReply(t *testing.T) {
	t.Parallel()
	waits := &Invitation{}
	declined := &Invitation{DeclinedAt: on(26, 9, 0)}
	for name, c := range map[string]struct {
		invitation *Invitation
		signUp     *SignUp
		want       Reply
	}{
		"nobody asked":                      {nil, &SignUp{State: SignUpConfirmed}, ReplyNone},
		"no answer yet":                     {waits, nil, ReplyWaits},
		"declined":                          {declined, nil, ReplyDeclined},
		"a seat":                            {waits, &SignUp{State: SignUpConfirmed}, ReplyAccepted},
		"on the waiting list":               {waits, &SignUp{State: SignUpWaitlisted}, ReplyAccepted},
		"declined, and signed up after all": {declined, &SignUp{State: SignUpConfirmed}, ReplyAccepted},
		"signed up and withdrew":            {waits, &SignUp{State: SignUpWithdrawn}, ReplyDeclined},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.invitation.Reply(c.signUp); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
