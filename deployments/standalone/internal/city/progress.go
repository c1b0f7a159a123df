package city

import "sync"

// The shares of the services in the work, in percent: of a service that reads
// the tasks, three quarters are reading and writing them, the rest indexes.
var (
	shares  = [...]float64{8, 45, 46, 1} // teams, tasks, hours, pairings
	reading = 0.75
)

// doing names what a service is busy with while it loads.
var doing = [...]string{
	"队伍和志愿者 brigades and volunteers",
	"活动、报名和签到 tasks, sign-ups and attendances",
	"时长账本和排行 the ledger of hours and the boards",
	"结对 pairings",
}

// progress sums up how far the services have come.
type progress struct {
	tell func(percent int, doing string)

	mu    sync.Mutex
	parts [len(shares)]float64 // 1 is loaded
	last  int
}

func (p *progress) read(service, done, total int) {
	p.set(service, reading*float64(done)/float64(total))
}

func (p *progress) loaded(service int) { p.set(service, 1) }

func (p *progress) set(service int, part float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.parts[service] = part
	sum := 0.0
	for i, share := range shares {
		sum += share * p.parts[i]
	}
	if percent := int(sum); p.tell != nil && percent > p.last {
		p.last = percent
		p.tell(percent, p.busy())
	}
}

// busy is what the first service that is not ready does.
func (p *progress) busy() string {
	for i, part := range p.parts {
		switch {
		case part == 1:
		case part >= reading:
			return doing[i] + "：建立索引 indexing"
		default:
			return doing[i]
		}
	}
	return "完成 done"
}
