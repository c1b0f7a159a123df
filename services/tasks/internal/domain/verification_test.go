package domain

import "testing"

func TestVerify(t *testing.T) {
	t.Parallel()
	const start, end, late = 0, 150, 181 // minutes; late: nobody is there any more
	for name, c := range map[string]struct {
		in    Method
		inAt  int
		out   Method
		outAt int
		want  Verification
		words Proof
	}{
		"a live code at both ends":                             {MethodLink, start, MethodLink, end, VerificationA, ProofScanned},
		"typed at one, scanned at the other":                   {MethodDigits, start, MethodLink, end, VerificationA, ProofScanned},
		"a code kept without network at one end":               {MethodLinkOffline, start, MethodLink, end, VerificationB, ProofOnSite},
		"a code kept without network at both":                  {MethodLinkOffline, start, MethodLinkOffline, end, VerificationB, ProofOnSite},
		"a code and a tap":                                     {MethodLink, start, MethodTap, end, VerificationB, ProofOnSite},
		"a tap at both":                                        {MethodTap, start, MethodTap, end, VerificationB, ProofOnSite},
		"a tap kept without network":                           {MethodTapOffline, start, MethodNone, end, VerificationB, ProofOnSite},
		"a card at both":                                       {MethodCard, start, MethodCard, end, VerificationB, ProofOnSite},
		"a card scanned without network":                       {MethodCardOffline, start, MethodNone, end, VerificationB, ProofOnSite},
		"a code in, the end entered":                           {MethodLink, start, MethodNone, end, VerificationB, ProofOnSite},
		"the way in entered, digits out":                       {MethodNone, start, MethodDigits, end, VerificationB, ProofOnSite},
		"paper in, code out":                                   {MethodPaper, start, MethodLink, end, VerificationB, ProofOnSite},
		"a tap as people leave is during the shift":            {MethodPaper, start, MethodTap, 179, VerificationB, ProofOnSite},
		"a tap when everybody has left is entering it later":   {MethodPaper, start, MethodTap, late, VerificationC, ProofEnteredLater},
		"a card scanned when everybody has left, likewise":     {MethodNone, start, MethodCardOffline, late, VerificationC, ProofEnteredLater},
		"entered at both ends":                                 {MethodNone, start, MethodNone, end, VerificationC, ProofEnteredLater},
		"paper at both":                                        {MethodPaper, start, MethodPaper, end, VerificationC, ProofEnteredLater},
		"one's own word":                                       {MethodOwn, start, MethodOwn, end, VerificationD, ProofOwnWord},
		"one's own word and an entered end":                    {MethodOwn, start, MethodNone, end, VerificationD, ProofOwnWord},
		"one's own word, and a code out":                       {MethodOwn, start, MethodLink, end, VerificationB, ProofOnSite},
		"one's own word, and a tap when everybody had left":    {MethodOwn, start, MethodTap, late, VerificationD, ProofOwnWord},
		"a code scanned late is seen on site all the same":     {MethodNone, start, MethodLink, late, VerificationB, ProofOnSite},
		"no method alone makes an A: digits in, card out":      {MethodDigits, start, MethodCard, end, VerificationB, ProofOnSite},
		"no method alone makes an A: kept code in, digits out": {MethodLinkOffline, start, MethodDigits, end, VerificationB, ProofOnSite},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := aShift(t)
			in, out := End{Method: c.in, At: after(c.inAt)}, End{Method: c.out, At: after(c.outAt)}
			if got := s.Verify(in, out); got != c.want {
				t.Errorf("Verify = %s, want %s", got, c.want)
			}
			if got := s.Verify(in, out).Proof(); got != c.words {
				t.Errorf("words = %s, want %s", got, c.words)
			}
			confirmed := Attendance{
				State: AttendanceClosed, VolunteerID: "v", CheckedInAt: in.At, InMethod: c.in, CheckedOutAt: out.At, OutMethod: c.out,
			}
			if err := confirmed.Confirm(s, "leader", after(200)); err != nil || confirmed.Verification != c.want {
				t.Errorf("confirmed as %s, %v; want %s", confirmed.Verification, err, c.want)
			}
		})
	}
}
