import assert from 'node:assert/strict'
import { test } from 'node:test'
import { home, safeNext } from '../../../frontend/js/session.js'

const next = (wanted) => safeNext(wanted, '/fallback', 'https://peerlearn.test')

test('a place on this site is gone back to, with its query and fragment', () => {
  assert.equal(next('/s/ses_1?a=b#c'), '/s/ses_1?a=b#c')
  assert.equal(next('/'), '/')
  assert.equal(next('/sign-up/mentor'), '/sign-up/mentor')
})

test('another origin never is', () => {
  const traps = [
    '//evil.test',
    '///evil.test',
    'https://evil.test/',
    '/\\evil.test',
    '\\\\evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/.//evil.test',
    '/x/..//evil.test',
    '/%5cevil.test/..//evil.test',
    '/%5cevil.test',
    '/%5Cevil.test/',
    '/x/%5c%5Cevil.test',
    '/x?back=%5c',
    'javascript:alert(1)',
    'data:text/html,x',
    ' /x',
    '',
    null,
    undefined,
  ]
  for (const trap of traps) assert.equal(next(trap), '/fallback', JSON.stringify(trap))
})

test('nor a place that is no page, or that asks to sign in again', () => {
  for (const trap of ['/api/me/export', '/ws', '/sign-in', '/sign-in?next=/sign-in'])
    assert.equal(next(trap), '/fallback', trap)
})

test('everybody has a place to start', () => {
  assert.equal(home({ roles: ['learner'], mentor: null }), '/dashboard')
  assert.equal(home({ roles: ['mentor'], mentor: {} }), '/mentor')
  assert.equal(home({ roles: ['learner', 'mentor'], mentor: {} }), '/mentor')
  assert.equal(home({ roles: ['learner'], mentor: { status: 'draft' } }), '/mentor')
  assert.equal(home({ roles: ['learner', 'admin'], mentor: {} }), '/admin')
  assert.equal(home({ roles: ['admin'], mentor: null }), '/admin')
})
