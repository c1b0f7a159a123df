package domain_test

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qihe-volunteers/qihe/services/teams/internal/domain"
)

func givenCode() domain.SignInCode {
	c := domain.NewSignInCode([]byte("phone"), []byte("address"), noon)
	c.VolunteerID = "v"
	return c
}

func right() bool { return true }
func wrong() bool { return false }

func TestTry(t *testing.T) {
	t.Parallel()
	t.Run("a right guess uses the code up", func(t *testing.T) {
		t.Parallel()
		c := givenCode()
		if err := c.Try(noon, right); err != nil {
			t.Fatal(err)
		}
		if err := c.Try(noon, right); !errors.Is(err, domain.ErrCodeSpent) {
			t.Error(err)
		}
	})
	t.Run("the fifth wrong guess spends the code, and no sixth is looked at", func(t *testing.T) {
		t.Parallel()
		c := givenCode()
		var got []string
		looked := 0
		for range 7 {
			err := c.Try(noon, func() bool { looked++; return looked == 6 })
			got = append(got, map[bool]string{true: "wrong", false: "spent"}[errors.Is(err, domain.ErrWrongCode)])
		}
		if diff := cmp.Diff([]string{"wrong", "wrong", "wrong", "wrong", "spent", "spent", "spent"}, got); diff != "" {
			t.Error(diff)
		}
		if looked != 5 {
			t.Errorf("%d guesses were looked at", looked)
		}
	})
	t.Run("the fifth guess may still be right", func(t *testing.T) {
		t.Parallel()
		c := givenCode()
		for range 4 {
			_ = c.Try(noon, wrong)
		}
		if err := c.Try(noon, right); err != nil {
			t.Error(err)
		}
	})
	t.Run("a code is good for five minutes and no longer", func(t *testing.T) {
		t.Parallel()
		c := givenCode()
		late := c
		if err := late.Try(noon.Add(5*time.Minute), right); !errors.Is(err, domain.ErrCodeSpent) {
			t.Error(err)
		}
		if err := c.Try(noon.Add(5*time.Minute-time.Microsecond), right); err != nil {
			t.Error(err)
		}
	})
	t.Run("a code of a number that nobody has is looked at and never right", func(t *testing.T) {
		t.Parallel()
		c := givenCode()
		c.VolunteerID = ""
		looked := false
		if err := c.Try(noon, func() bool { looked = true; return true }); !errors.Is(err, domain.ErrWrongCode) || !looked {
			t.Error(err, looked)
		}
	})
}

func TestRandomDigits(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[0-9]{6}$`)
	var first [10]int
	for range 10_000 {
		digits := domain.RandomDigits()
		if !form.MatchString(digits) {
			t.Fatalf("got %q", digits)
		}
		first[digits[0]-'0']++
	}
	for d, n := range first { // 1000 expected; 200 is more than six deviations
		if n < 800 || n > 1200 {
			t.Errorf("%d of 10,000 codes begin with %d", n, d)
		}
	}
}

// Of a recovery code a fast hash is kept, which is right only for what nobody can try out.
func TestNewRecoveryCode(t *testing.T) {
	t.Parallel()
	seen, letters := map[string]bool{}, map[rune]int{}
	for range 2000 {
		code := domain.NewRecoveryCode()
		seen[code] = true
		plain := strings.ReplaceAll(code, "-", "")
		if len(plain)*5 < 112 || len(code) > 40 {
			t.Fatalf("%s has %d bits", code, len(plain)*5)
		}
		for _, r := range plain {
			letters[r]++
		}
	}
	if len(seen) != 2000 || len(letters) != 32 {
		t.Errorf("%d codes of %d letters", len(seen), len(letters))
	}
	for r, n := range letters { // 1500 of each, give or take 39
		if n < 1200 || n > 1800 {
			t.Errorf("%c comes %d times", r, n)
		}
	}
	if !bytes.Equal(domain.HashRecoveryCode("abcd-efgh"), domain.HashRecoveryCode(" A8CD efgh")) {
		t.Error("what is easily mistaken is taken for another")
	}
}

func TestParseDigits(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"123456", " 123 456 ", "１２３４５６", "123-456"} {
		if got, err := domain.ParseDigits(typed); err != nil || got != "123456" {
			t.Errorf("%q gives %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "12345", "1234567", "12345a", "+12345", "验证码"} {
		if got, err := domain.ParseDigits(typed); !errors.Is(err, domain.ErrWrongCode) {
			t.Errorf("%q gives %q, %v", typed, got, err)
		}
	}
}
