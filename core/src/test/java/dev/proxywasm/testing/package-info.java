/** What tests of several packages share: modules from text, JVMs of their own. */
package dev.proxywasm.testing;
