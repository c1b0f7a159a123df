package demo

import (
	"encoding/binary"
	"encoding/hex"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// namespace is that of ids which follow from a name alone, such as a programme's.
var namespace = uuid.MustParse("6f1c1b0e-5f0a-5d2b-9a55-4106410600aa")

// What a stream of random numbers is for. Each concern draws from its own, so
// that adding a draw to one leaves the others as they were.
const (
	forTeams uint64 = iota + 1
	forPeople
	forOfficers
	forPlan
	forTask
	forOffices
)

// stream returns the random numbers of one concern: the same parts give the same numbers.
func stream(seed uint64, parts ...uint64) *rand.Rand {
	for _, p := range parts {
		seed = mix(seed ^ mix(p))
	}
	return rand.New(rand.NewPCG(seed, mix(seed)))
}

// mix spreads the bits of x (the finalizer of splitmix64), so that neighbouring seeds have nothing in common.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// newID returns a UUID of version 7 as it would have been made at that
// instant: ids sort by time, as those of a living city do.
func newID(at time.Time, r *rand.Rand) string {
	var u [16]byte
	binary.BigEndian.PutUint64(u[:8], uint64(at.UnixMilli())<<16|r.Uint64()&0xffff)
	binary.BigEndian.PutUint64(u[8:], r.Uint64())
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	var s [36]byte
	hex.Encode(s[:8], u[:4])
	hex.Encode(s[9:13], u[4:6])
	hex.Encode(s[14:18], u[6:8])
	hex.Encode(s[19:23], u[8:10])
	hex.Encode(s[24:], u[10:])
	s[8], s[13], s[18], s[23] = '-', '-', '-', '-'
	return string(s[:])
}

// pick returns one of the items.
func pick[T any](r *rand.Rand, items []T) T { return items[r.IntN(len(items))] }

// between returns a whole number from low to high, both included.
func between(r *rand.Rand, low, high int) int { return low + r.IntN(high-low+1) }

// instant returns a whole second from early on and before late, or early when there is none.
func instant(r *rand.Rand, early, late time.Time) time.Time {
	seconds := int64(late.Sub(early) / time.Second)
	if seconds <= 0 {
		return early
	}
	return early.Add(time.Duration(r.Int64N(seconds)) * time.Second)
}

// weighted draws indexes in proportion to weights.
type weighted struct{ sums []float64 }

func newWeighted(n int, weight func(i int) float64) weighted {
	w := weighted{sums: make([]float64, n)}
	total := 0.0
	for i := range n {
		total += weight(i)
		w.sums[i] = total
	}
	return w
}

func (w weighted) draw(r *rand.Rand) int {
	x := r.Float64() * w.sums[len(w.sums)-1]
	low, high := 0, len(w.sums)-1
	for low < high {
		if mid := (low + high) / 2; w.sums[mid] > x {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}
