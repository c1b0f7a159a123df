package demo

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"github.com/qihe-volunteers/qihe/shared/luhn"
)

// namer makes people's names.
type namer struct {
	surnames   []string
	often      weighted
	women, men []string
}

func newNamer() (*namer, error) {
	var file struct {
		Surnames   [][2]json.RawMessage
		Women, Men []string
	}
	if err := readJSON("names.json", &file); err != nil {
		return nil, err
	}
	n := &namer{women: file.Women, men: file.Men}
	weights := make([]float64, len(file.Surnames))
	for i, pair := range file.Surnames {
		var surname string
		if err := json.Unmarshal(pair[0], &surname); err != nil {
			return nil, fmt.Errorf("surname %d: %w", i, err)
		}
		if err := json.Unmarshal(pair[1], &weights[i]); err != nil {
			return nil, fmt.Errorf("weight of %s: %w", surname, err)
		}
		n.surnames = append(n.surnames, surname)
	}
	n.often = newWeighted(len(weights), func(i int) float64 { return weights[i] })
	return n, nil
}

// name returns a full name; of a hundred volunteers of a women's federation some five are men.
func (n *namer) name(r *rand.Rand) string {
	given := n.women
	if r.IntN(100) < 5 {
		given = n.men
	}
	return n.surnames[n.often.draw(r)] + pick(r, given)
}

// volunteerNumber returns a 志愿者编号 as the registry gives them: HB, the
// year of joining, a serial and a check digit. It says nothing of the person.
func volunteerNumber(year, serial int) string {
	digits := fmt.Sprintf("%02d%07d", year%100, serial)
	return "HB" + digits + string(luhn.Digit(digits))
}

// phone returns the n-th phone number of the city. It looks like a mainland
// mobile number and passes a form, but reaches nobody: no operator has been
// given the prefix 154 (numbering libraries accept 150–153 and 155–159 only).
// Whoever loads the demo city must all the same never send a real message.
func phone(n int) string { return fmt.Sprintf("154%08d", n) }
