import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, code, count, email, link, password, problems, strength, words } from '../../../frontend/js/checks.js'
import { avatarTint, initials, price, safeLink } from '../../../frontend/js/show.js'

test('fields are checked in the words of the catalogue', () => {
  assert.equal(email('a@b.co'), '')
  for (const wrong of ['', 'a', 'a@b', 'a b@c.de', undefined]) assert.equal(email(wrong), 'check.email')
  assert.equal(password('123456789'), 'check.password')
  assert.equal(password('1234567890'), '')
  assert.equal(link(''), '')
  assert.equal(link('https://x.in/v'), '')
  for (const wrong of ['http://x.in', 'javascript:alert(1)', 'x.in']) assert.equal(link(wrong), 'check.link')
  assert.equal(code('123 456'), '')
  assert.equal(code('12345'), 'check.code')
  assert.equal(between(10, 100, 'k')('   short   '), 'k')
  assert.equal(count(1, 3, 'k')([]), 'k')
  assert.equal(words('  one\ntwo  three '), 3)
})

test('only what is wrong is reported', () => {
  assert.deepEqual(problems({ email, password }, { email: 'a@b.co', password: 'x' }), { password: 'check.password' })
})

test('a password is weak when short, common or about oneself', () => {
  assert.equal(strength(''), 0)
  assert.equal(strength('short'), 1)
  assert.equal(strength('password12345'), 1)
  assert.equal(strength('aaaaaaaaaaaaaaaa'), 1)
  assert.equal(strength('Tara Sen lives here 99', ['Tara Sen']), 1)
  assert.ok(strength('orbit lamp cedar 42') >= 3)
})

test('people and prices are shown plainly', () => {
  assert.equal(initials('  asha  kumari rao '), 'AR')
  assert.equal(initials('Zoë'), 'Z')
  assert.equal(initials(''), '')
  assert.equal(price(0), 'price.free')
  assert.equal(price(50000), '₹500')
  assert.match(avatarTint('usr_1'), /^avatar-[0-5]$/)
})

test('only https links are followed', () => {
  assert.equal(safeLink('https://x.in/a?b=c'), 'https://x.in/a?b=c')
  for (const trap of ['http://x.in', 'javascript:alert(1)', 'https://x.in/"onx', '', null])
    assert.equal(safeLink(trap), null)
})
