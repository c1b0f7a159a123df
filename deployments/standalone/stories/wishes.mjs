// A wish and a batch of goods. The county writes a family's wish down: a name in it is
// refused at once; the city reads it and publishes it; a volunteer claims it, and the
// county notes that it was received. Then parcels: counted in, never more packed than
// came in, handed over, and one acknowledged with the code on its label.
import { readFileSync } from 'node:fs'
import { atDesk, atLocalhost, call, keepSecondFactor, look, signIn, story, tell, withPhone } from './browser.mjs'
import { unzip } from './unzip.mjs'

await story(async () => {
  const county = await atDesk('浚县妇联', atLocalhost)
  const city = await atDesk('市妇联', atLocalhost)
  const volunteer = await withPhone('志愿者')
  await Promise.all([signIn(county, process.env.QIHE_COUNTY_OFFICER), signIn(city, process.env.QIHE_OFFICER), signIn(volunteer, process.env.QIHE_VOLUNTEER)])
  await Promise.all([keepSecondFactor(county), keepSecondFactor(city)])

  tell('a family with its consent')
  const details = {
    kinds: ['dibao'], name: '金家', phone: '13900005678', address: '码头村东头第三排', situation: '冬天冷', needs: [],
    members: [{ name: '金丝雀', relation: '户主', id_number: '410621196001010015' }],
  }
  const { household_id } = await call(county, 'POST', '/api/pairings/v1/households', { region_code: '410621', ...details })
  await call(county, 'POST', `/api/pairings/v1/households/${household_id}/consents`, { form_number: '帮扶-9', given_on: '2026-11-20', witness: '李梅', archive: '3 号柜' })

  tell('a wish with a name in it is refused by the machine; without it waits for the city')
  await county.page.goto(`/console/aid/${household_id}`)
  await county.page.getByTestId('wish-words').fill('金丝雀想要一双棉鞋')
  await county.page.getByTestId('wish-draft').click()
  await county.page.getByText('会让人知道是谁').waitFor()
  await county.page.getByTestId('wish-words').fill('想要一双 36 码的棉鞋')
  await county.page.getByTestId('wish-draft').click()
  await county.page.getByTestId('wish-drafted').waitFor()
  await county.page.goto('/console/wishes')
  await county.page.locator('[data-testid="desk-wish"][data-state="drafted"]').waitFor()
  if (await county.page.getByTestId('wish-publish').count()) throw new Error('who wrote it may publish it')
  await city.page.goto('/console/wishes')
  await look(city.page, 'waits', { fullPage: true })
  await city.page.getByTestId('wish-publish').click()
  await city.page.locator('[data-testid="desk-wish"][data-state="published"]').waitFor()

  tell('everybody reads it, and nothing of where it is from; a volunteer claims it')
  await volunteer.page.goto('/wishes')
  await volunteer.page.getByTestId('wish').filter({ hasText: '棉鞋' }).waitFor()
  const said = await volunteer.page.locator('body').innerText()
  if (said.includes('码头') || said.includes('浚县')) throw new Error('the page says where')
  if (await volunteer.page.getByTestId('wish-sums').count()) throw new Error('the page says a small number')
  await look(volunteer.page, 'public', { fullPage: true })
  await volunteer.page.getByTestId('wish-claim').click()
  await volunteer.page.locator('[data-testid="my-wish"][data-state="claimed"]').waitFor()
  await county.page.reload()
  await county.page.getByTestId('wish-fulfil').click()
  await county.page.locator('[data-testid="desk-wish"][data-state="fulfilled"]').waitFor()
  await volunteer.page.reload()
  await volunteer.page.locator('[data-testid="my-wish"][data-state="fulfilled"]').waitFor()
  await look(volunteer.page, 'fulfilled', { fullPage: true })

  tell("a child's wish is written in its record; an age or a village is refused, and nothing public says that it is a child's")
  const child = await referred(county)
  await county.page.goto(`/console/children/${child}`)
  await county.page.getByTestId('wish-words').fill('给 10 岁孩子的故事书')
  await county.page.getByTestId('wish-draft').click()
  await county.page.getByText('会让人知道是谁').waitFor()
  await county.page.getByTestId('wish-words').fill('一套百科故事书')
  await look(county.page, 'child', { fullPage: true })
  await county.page.getByTestId('wish-draft').click()
  await county.page.getByTestId('wish-drafted').waitFor()
  await city.page.goto('/console/wishes')
  await city.page.getByTestId('desk-wish').filter({ hasText: '百科' }).getByTestId('wish-publish').click()
  await city.page.locator('[data-testid="desk-wish"][data-state="published"]').waitFor()
  await volunteer.page.goto('/wishes')
  await volunteer.page.getByTestId('wish').filter({ hasText: '百科' }).waitFor()
  const told = JSON.stringify(await call(volunteer, 'GET', '/api/pairings/v1/public/wishes'))
  if (/child|410621|浚县|2016|female/.test(told)) throw new Error(told)
  await look(volunteer.page, 'public-child', { fullPage: true })
  await volunteer.page.getByTestId('wish-claim').click()
  await volunteer.page.locator('[data-testid="my-wish"][data-state="claimed"]').getByTestId('wish-return').click() // not this time
  await volunteer.page.getByTestId('wish').filter({ hasText: '百科' }).getByTestId('wish-claim').click()
  await volunteer.page.locator('[data-testid="my-wish"][data-state="claimed"]').waitFor()
  await county.page.goto('/console/wishes')
  await county.page.getByTestId('wish-fulfil').click()
  await county.page.locator('[data-testid="desk-wish"][data-state="fulfilled"]').nth(1).waitFor()

  tell('a batch of parcels: counted in, and never more packed than came in')
  await county.page.goto('/console/goods')
  await county.page.getByTestId('batch-region-search').fill('xx')
  await county.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await county.page.getByTestId('batch-title').fill('母亲邮包 2026 秋')
  await county.page.getByTestId('batch-make').click()
  await county.page.getByTestId('count-pieces').fill('12')
  await county.page.getByTestId('count-do').click()
  await county.page.getByTestId('batch-sums').filter({ hasText: '入库 12' }).waitFor()
  await county.page.getByTestId('pack-region-search').fill('xx')
  await county.page.locator('[data-testid="region-found"][data-code="410621"]').click()
  await county.page.getByTestId('pack-bags').fill('13')
  await county.page.getByTestId('pack-do').click()
  await county.page.getByText('库里没有这么多').waitFor()
  await county.page.getByTestId('pack-bags').fill('10')
  await county.page.getByTestId('pack-do').click()
  await county.page.getByTestId('packed').waitFor()

  tell('labels, handed over, acknowledged by who brought it')
  const labels = county.page.waitForEvent('download')
  await county.page.getByTestId('labels').click()
  await labels
  await county.page.getByTestId('hand-do').click()
  await county.page.getByTestId('handed').waitFor()
  const file = county.page.waitForEvent('download')
  await county.page.getByTestId('goods-why').fill('年底对账')
  await county.page.getByTestId('goods-export').click()
  const list = unzip(readFileSync(await (await file).path()), 'xl/worksheets/sheet1.xml')
  const code = />([2-9A-HJ-NP-Z]{10})</.exec(list)?.[1]
  if (!code || list.includes('金丝雀')) throw new Error('the list has no codes, or names')
  await volunteer.page.goto(`/bag/${code}`)
  await look(volunteer.page, 'bag', { fullPage: true })
  await volunteer.page.getByTestId('bag-do').click()
  await volunteer.page.getByTestId('bag-got').waitFor()
  await county.page.reload()
  await county.page.getByTestId('batch-sums').filter({ hasText: '已签收 1' }).waitFor()
  await county.page.getByTestId('batch-open').click()
  await county.page.getByTestId('batch-place').waitFor()
  await look(county.page, 'sheet', { fullPage: true })
})

// referred is a child whose guardian has agreed by a link, as children.mjs does by hand.
async function referred(county) {
  const { child_id: id } = await call(county, 'POST', '/api/pairings/v1/children', {
    region_code: '410621', sex: 'female', name: '小丽', born_on: '2016-03-01', address: '屯子镇码头村三组', reason: '父母在外地，由奶奶照看',
  })
  const path = `/api/pairings/v1/children/${id}`
  await call(county, 'PUT', `${path}/case`)
  await call(county, 'PUT', `${path}/details`, {
    guardian: { name: '张敏', relation: '母亲', phone: '13900001234', place: '浙江义乌' }, school: { name: '码头小学', grade: '四年级', term: '2026 秋' },
    needs: ['company'], companion_sex: 'any',
  })
  const { secret } = await call(county, 'POST', `${path}/consent-link`)
  await call(county, 'POST', '/api/pairings/v1/consent-links/answer', { secret, digits: '1234', answer: 'agree', for_data: true, for_pairing: true })
  return id
}
