package dev.proxywasm.it;

/** Cases that run against a site with the plugins of the contract. */
interface ContractCases {

    Site site();
}
