package api_test

import (
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
	"github.com/qihe-volunteers/qihe/services/teams/internal/given"
	"github.com/qihe-volunteers/qihe/shared/auth"
	"github.com/qihe-volunteers/qihe/shared/testkit/apitest"
)

func secondFactorExamples(t *testing.T, c *cast) map[string]apitest.Operation {
	lost := c.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410621" })
	abroad := c.Volunteer(t, func(v *domain.Volunteer) { v.RegionCode = "410611" })
	admin := c.Volunteer(t)
	fresh := func(t testing.TB) apitest.Request { return apitest.Request{As: c.signedIn(t, c.Volunteer(t))} }
	strong := func(who auth.Principal) auth.Principal { who.Strong = true; return who }
	return map[string]apitest.Operation{
		"getSecurity":          {Good: always(apitest.Request{As: as(c.leader)})},
		"createPasskeyOptions": {Good: fresh},
		"createPasskey": {Good: func(t testing.TB) apitest.Request {
			who := c.signedIn(t, c.Volunteer(t))
			options, err := c.App.StartPasskey(auth.With(t.Context(), who))
			must(t, err)
			return apitest.Request{As: who, Body: object{"name": "办公室电脑", "credential": string(given.NewAuthenticator(t).Create(t, options))}}
		}},
		"deletePasskey": {
			Good: func(t testing.TB) apitest.Request {
				who, id := c.withPasskey(t)
				return apitest.Request{As: strong(who), Path: map[string]string{"passkey_id": id}}
			},
			Foreign: map[string]string{"passkey_id": second(c.withPasskey(t))},
		},
		"createTotp": {Good: fresh},
		"confirmTotp": {Good: func(t testing.TB) apitest.Request {
			who := c.signedIn(t, c.Volunteer(t))
			made, err := c.App.StartTOTP(auth.With(t.Context(), who))
			must(t, err)
			code, err := totp.GenerateCode(made.Secret, c.Clock.Now())
			must(t, err)
			return apitest.Request{As: who, Body: object{"code": code}}
		}},
		"deleteTotp":          {Good: always(apitest.Request{As: strong(as(c.leader))})},
		"createRecoveryCodes": {Good: always(apitest.Request{As: strong(as(c.leader))})},
		"createStepUpOptions": {Good: func(t testing.TB) apitest.Request {
			who, _ := c.withPasskey(t)
			return apitest.Request{As: who}
		}},
		"stepUp": {Good: func(t testing.TB) apitest.Request {
			who, _ := c.withPasskey(t)
			codes, err := c.App.NewRecoveryCodes(auth.With(t.Context(), strong(who)))
			must(t, err)
			return apitest.Request{As: who, Body: object{"recovery_code": codes[0]}}
		}},
		"resetSecondFactor": {
			Good: always(apitest.Request{
				As:   as(admin, auth.Grant{Role: "administrator", RegionPath: "4106/410621/"}),
				Path: map[string]string{"volunteer_id": lost.ID}, Body: object{"reason": "手机丢失"},
			}),
			Foreign: map[string]string{"volunteer_id": abroad.ID},
		},
	}
}

func second(_ auth.Principal, id string) string { return id }

// withPasskey is somebody signed in who has a passkey, and its id.
func (s *server) withPasskey(t testing.TB) (auth.Principal, string) {
	t.Helper()
	who := s.signedIn(t, s.Volunteer(t))
	ctx := auth.With(t.Context(), who)
	options, err := s.App.StartPasskey(ctx)
	must(t, err)
	_, err = s.App.FinishPasskey(ctx, "", given.NewAuthenticator(t).Create(t, options))
	must(t, err)
	security, err := s.App.Security(ctx)
	must(t, err)
	if !security.StrongUntil.After(s.Clock.Now().Add(time.Hour)) {
		t.Fatal("not proved by the new passkey")
	}
	return who, security.Passkeys[0].ID
}
