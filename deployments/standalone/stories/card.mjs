// 志愿者卡: shown, printed, lost and replaced; strangers learn a surname from
// it, the leader a name, and a brigade's cards come ten on a page.
import { readFileSync } from 'node:fs'
import { look, signIn, story, tell, until, withPhone } from './browser.mjs'
import { faults, oneVoice, see } from './sight.mjs'

const same = (what, got, want) => {
  if (got !== want) throw new Error(`${what}: ${got}, want ${want}`)
}
// download taps and returns the file that comes.
async function download({ page }, testid) {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId(testid).click()])
  return readFileSync(await file.path()).toString('latin1')
}
const pages = (pdf) => (pdf.match(/\/Type \/Page\b[^s]/g) ?? []).length

await story(async () => {
  const holder = await withPhone('志愿者')
  const leader = await withPhone('队长')
  const stranger = await withPhone('路人')
  await signIn(holder, process.env.QIHE_VOLUNTEER)
  await signIn(leader, process.env.QIHE_LEADER)

  tell('a volunteer opens her card, and takes it home as a PDF')
  await holder.page.goto('/mine')
  await holder.page.getByTestId('link-card').click()
  const card = holder.page.getByTestId('card')
  await card.waitFor()
  await see(holder, 'my-card')
  await oneVoice(holder, 'my-card')
  const first = await card.getAttribute('data-href')
  same('pages of her own card', pages(await download(holder, 'card-pdf')), 1)

  tell('a stranger who scans it sees a surname and that it counts, the leader sees who it is')
  await stranger.page.goto(first)
  await stranger.page.getByTestId('opened-card').waitFor()
  const { name } = await (await holder.context.request.get('/api/teams/v1/me')).json()
  same('what a stranger reads', await stranger.page.getByText(name).count(), 0)
  await see(stranger, 'opened-by-a-stranger')
  await leader.page.goto(first)
  await leader.page.getByTestId('opened-name').getByText(name).waitFor()
  await look(leader.page, 'opened-by-the-leader')

  tell('she loses it: the old one is void at once')
  await holder.page.getByTestId('card-lost').click()
  await holder.page.getByTestId('card-replace').click()
  await until('another card', async () => (await card.getAttribute('data-href')) !== first)
  same('its number', await card.getAttribute('data-serial'), '2')
  await stranger.page.reload()
  await stranger.page.locator('[data-testid=opened-card][data-valid=false]').waitFor()
  await look(stranger.page, 'void')

  tell('the leader registers somebody without a phone: her card is the one that is to be printed')
  await leader.page.goto('/today')
  await leader.page.getByTestId('people-open').first().click()
  await leader.page.getByTestId('add-person').click()
  await leader.page.getByTestId('person-name').fill('李𬭚')
  await leader.page.getByTestId('person-agreed').check()
  await leader.page.getByTestId('person-save').click()
  await leader.page.getByTestId('person-added').waitFor()
  await leader.page.getByTestId('cards-open').click()
  const holders = leader.page.getByTestId('card-holder')
  await holders.first().getByText('李𬭚').waitFor()
  same('chosen', await holders.getByRole('checkbox', { checked: true }).count(), 1)
  await see(leader, 'cards')
  same('pages of hers', pages(await download(leader, 'cards-pdf')), 1)
  await leader.page.getByTestId('cards-news').waitFor()

  tell('and then everybody’s, ten on a page')
  await leader.page.getByTestId('cards-all').click()
  same('pages of all', pages(await download(leader, 'cards-pdf')), Math.ceil((await holders.count()) / 10))
  if (faults.length > 0) throw new Error(faults.join('\n'))
})
