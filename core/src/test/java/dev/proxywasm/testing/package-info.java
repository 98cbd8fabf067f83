/** What tests of several packages share: modules from text, JVMs of their own, documents made from the code. */
package dev.proxywasm.testing;
